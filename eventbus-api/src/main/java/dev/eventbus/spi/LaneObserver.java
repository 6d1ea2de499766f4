package dev.eventbus.spi;

import java.util.List;

/**
 * What a driver tells the engine of one membership, in this order for each lane: granted, then
 * arrived, trimmed and dropped, then lost or the engine's release. Only posts to a mailbox: never blocks and
 * never throws. Called by one thread at a time.
 */
public interface LaneObserver {

  /** This member owns the lane from now on. Nothing is delivered before it is requested. */
  void granted(Lane lane, LaneStart start);

  /**
   * The lane should go to another member: the engine starts no further handler on it and calls
   * {@link Lane#release} when the running ones have finished. Until then the driver keeps the lease.
   */
  void revoking(Lane lane);

  /** The lane is no longer owned; what the engine still sends for it is dropped. */
  void lost(Lane lane, String why);

  /** The next events of the lane, in log order (I2), within what was requested (I5). */
  void arrived(Lane lane, List<LaneEvent> batch);

  /**
   * Retention removed events of the lane that were not settled (S8); the next arrival is beyond. The
   * number is exact where the broker numbers the events of each lane by themselves. Where lanes share
   * one sequence it is the most that it can be: never less than the lane has lost, never more than
   * all lanes together.
   */
  void trimmed(Lane lane, long events);

  /**
   * Events of the lane were dropped on their way to the engine and never come (C3); only in the
   * realtime profile.
   */
  void dropped(Lane lane, long events);

  /** The membership works in part or waits for the broker, and goes on by itself (L2). */
  void degraded(String why);

  /** What was degraded works again. */
  void recovered();

  /** The membership cannot go on: the subscription fails. */
  void failed(Throwable cause);
}
