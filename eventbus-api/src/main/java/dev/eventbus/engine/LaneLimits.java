package dev.eventbus.engine;

import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.Position;

/**
 * What keeps a lane's losses at a crash, and its record, small.
 *
 * @param reach events started or settled that are not yet durable, at most: what may come again (A5)
 * @param ahead unsettled events that the record lets the owner start
 * @param perKey events of one key that count in {@code ahead}: behind a long queue of one key others
 *     must be startable too
 * @param maxTries events with failed attempts that the record has room for
 * @param maxDistance how far above the lowest unsettled event one may be started, as positions, where
 *     the record holds the bitmap
 */
record LaneLimits(int reach, int ahead, int perKey, int maxTries, long maxDistance) {

  /** For a lane whose losses nobody repairs (C1): it has no record, so none keeps it waiting. */
  static final LaneLimits NO_RECORD =
      new LaneLimits(1 << 29, 1 << 30, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

  private static final int UNRECORDED = 32;
  private static final int PER_KEY = 8;
  private static final int MAX_DISTANCE = 3000;

  /** Six bits of a bitmap are one character. */
  private static final int BITMAP_LENGTH = MAX_DISTANCE / 6 + 4;

  static LaneLimits of(int maxInFlight, int concurrency, DriverTraits traits) {
    int reach = Math.min(maxInFlight, UNRECORDED + concurrency);
    boolean bitmap = traits.settledAhead() == DriverTraits.SettledAhead.RECORD;
    int taken = LaneRecordCodec.FRAME_LENGTH + (bitmap ? BITMAP_LENGTH : 0);
    int room = (traits.maxRecordLength() - taken) / LaneRecordCodec.TRIES_LENGTH;
    return new LaneLimits(
        reach, 2 * reach, PER_KEY, Math.max(1, room), bitmap ? MAX_DISTANCE : Long.MAX_VALUE);
  }

  boolean hasRecord() {
    return maxTries < Integer.MAX_VALUE;
  }

  /** Whether the record could tell both of them, the lower being the lowest unsettled. */
  boolean areNear(Position lowest, Position position) {
    return maxDistance == Long.MAX_VALUE
        || (lowest.major() == position.major() && position.minor() - lowest.minor() < maxDistance);
  }
}
