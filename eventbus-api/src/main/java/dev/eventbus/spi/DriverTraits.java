package dev.eventbus.spi;

/**
 * What the engine must know to work with a driver.
 *
 * @param settledAhead who remembers events that are settled above the floor
 * @param maxRecordLength characters that a lane's record may have; at least 1000, at most 4000
 */
public record DriverTraits(SettledAhead settledAhead, int maxRecordLength) {

  /** Who remembers events that are settled above the floor. */
  public enum SettledAhead {
    /** The broker: it does not deliver them again, but for those of an unfinished commit. */
    BROKER,
    /** The lane's record: the engine writes them there and drops them when they come again. */
    RECORD
  }
}
