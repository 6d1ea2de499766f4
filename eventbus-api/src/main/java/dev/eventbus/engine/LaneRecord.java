package dev.eventbus.engine;

import dev.eventbus.spi.Position;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner leaves for the next one (I4).
 *
 * @param dirty the owner has not released the lane
 * @param reach how many events it may have had started or settled beyond this record
 * @param horizon how many unsettled events, from the lowest on, it may have started
 * @param base the lowest unsettled event, or the place after the floor; null when not known, or when the
 *     broker knows it
 * @param mark the suspect that it was about to run alone
 * @param tries the events with failed attempts
 * @param ahead the events settled above the base, as distances from its minor; empty when the broker
 *     remembers them
 */
record LaneRecord(
    boolean dirty,
    int reach,
    int horizon,
    @Nullable Position base,
    @Nullable Position mark,
    List<Tries> tries,
    BitSet ahead) {

  /**
   * An event with failed attempts.
   *
   * @param attempts how many failed
   * @param firstFailure epoch milliseconds
   * @param lastFailure epoch milliseconds
   * @param due epoch milliseconds before which it is not tried again (R2)
   * @param fate how its last attempt ended
   */
  record Tries(
      Position position, int attempts, long firstFailure, long lastFailure, long due, Fate fate) {}

  /** How an event's last attempt ended. */
  enum Fate {
    /** It failed: it is tried again while it has attempts left. */
    FAILED(""),
    /** Its handler rejected it: it goes to the dead letters (R4). */
    REJECTED("r"),
    /** Its process died while it ran alone (R5). */
    CRASHED("c");

    private final String code;

    Fate(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    static Fate of(String code) {
      for (Fate fate : values()) {
        if (fate.code.equals(code)) {
          return fate;
        }
      }
      throw new IllegalArgumentException("not a fate: " + code);
    }
  }

  /** What is known of a lane that nobody has owned. */
  static LaneRecord none() {
    return new LaneRecord(false, 0, 0, null, null, List.of(), new BitSet());
  }

  boolean isAhead(Position position) {
    if (base == null || base.major() != position.major()) {
      return false;
    }
    long distance = position.minor() - base.minor();
    return distance >= 0 && distance < Integer.MAX_VALUE && ahead.get((int) distance);
  }
}
