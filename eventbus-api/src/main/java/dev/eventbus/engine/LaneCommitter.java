package dev.eventbus.engine;

import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a lane's progress is committed, and knows what of it is durable.
 *
 * <p>Invariant: one commit is in flight at most; what a failed one carried goes into the next.
 */
final class LaneCommitter {

  private static final long INTERVAL_NANOS = 20_000_000;
  private static final long FIRST_RETRY_NANOS = 20_000_000;
  private static final long MAX_RETRY_NANOS = 1_000_000_000;

  private List<Position> settled = new ArrayList<>();
  private List<Position> inFlight = List.of();
  private final int eager;
  private long changes;
  private long durable;
  private long committing;
  private long firstChangeAt;
  private long retryAt;
  private long retryDelay;
  private boolean busy;
  private boolean urgent;

  /** Commits at once when so many changes are not durable. */
  LaneCommitter(int eager) {
    this.eager = Math.max(1, eager);
  }

  void settled(Position position, long now) {
    settled.add(position);
    change(now);
  }

  /** Counts a change of the lane and returns its number. */
  long change(long now) {
    if (changes == Math.max(durable, committing)) {
      firstChangeAt = now;
    }
    return ++changes;
  }

  /** Something waits for the latest change. */
  void hurry() {
    urgent = true;
  }

  /** Changes that a crash would forget. */
  long unrecorded() {
    return changes - durable;
  }

  long durable() {
    return durable;
  }

  boolean isBusy() {
    return busy;
  }

  boolean isIdle() {
    return !busy && changes == durable;
  }

  boolean isDue(long now) {
    return untilDue(now) == 0;
  }

  /** Nanoseconds until a commit should be made, 0 for now, {@link Long#MAX_VALUE} for never. */
  long untilDue(long now) {
    if (busy || changes == durable) {
      return Long.MAX_VALUE;
    }
    if (retryDelay > 0) {
      return Math.max(0, retryAt - now);
    }
    if (urgent || changes - durable >= eager) {
      return 0;
    }
    return Math.max(0, firstChangeAt + INTERVAL_NANOS - now);
  }

  /** What the commit that begins now must settle. */
  List<Position> begin() {
    busy = true;
    urgent = false;
    committing = changes;
    inFlight = settled;
    settled = new ArrayList<>();
    return inFlight;
  }

  void succeeded(long now) {
    busy = false;
    durable = committing;
    inFlight = List.of();
    retryDelay = 0;
    firstChangeAt = now;
  }

  void failed(long now) {
    busy = false;
    var all = new ArrayList<>(inFlight);
    all.addAll(settled);
    settled = all;
    inFlight = List.of();
    committing = durable;
    retryDelay = Math.min(MAX_RETRY_NANOS, Math.max(FIRST_RETRY_NANOS, retryDelay * 2));
    retryAt = now + retryDelay;
  }
}
