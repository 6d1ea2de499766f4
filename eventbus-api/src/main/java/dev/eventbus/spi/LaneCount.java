package dev.eventbus.spi;

import dev.eventbus.LaneCountException;

/**
 * How many lanes a topic should have.
 *
 * @param value lanes of a topic that is created now, 1 to 1024
 * @param firmness what a topic with another count means
 */
public record LaneCount(int value, Firmness firmness) {

  /** The count of a topic for which nobody asked for another. */
  public static final int DEFAULT = 8;

  /** What a topic with another count means. */
  public enum Firmness {
    /** It is taken as it is. */
    ADVICE,
    /** It is an error. */
    DEMAND
  }

  /** The default count, for want of a setting. */
  public static LaneCount advised() {
    return new LaneCount(DEFAULT, Firmness.ADVICE);
  }

  /** A count that somebody asked for. */
  public static LaneCount demanded(int value) {
    return new LaneCount(value, Firmness.DEMAND);
  }

  /**
   * Compares with the count that an existing topic has.
   *
   * @throws LaneCountException if this one is a demand and differs
   */
  public void checkAgainst(String topic, int stored) {
    if (firmness == Firmness.DEMAND && value != stored) {
      throw new LaneCountException(topic, stored, value);
    }
  }
}
