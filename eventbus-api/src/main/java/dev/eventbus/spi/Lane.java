package dev.eventbus.spi;

import java.util.concurrent.CompletionStage;

/**
 * A lane while this member owns it. Called by the engine's loop alone; no method blocks or throws.
 * After the loss of the lane every call is harmless, and stages complete with {@link
 * LaneLostException}.
 */
public interface Lane {

  /** The number of the lane within its topic, from 0. */
  int number();

  /** Grows with every owner of the lane in its group (O8). */
  long fence();

  /**
   * The time, by {@link OpenRequest#clock()}, until which the lane is surely owned. May be read on
   * any thread. Grows while the driver renews the lease.
   */
  long leaseUntil();

  /**
   * Asks for more; adds up. The driver delivers while both sums are above zero and takes each event
   * from both, so an event larger than the bytes left still passes, once.
   *
   * @param events further events
   * @param bytes further payload bytes
   */
  void request(int events, long bytes);

  /**
   * Makes progress durable (I3). The engine has one commit of a lane in flight. The stage fails
   * with {@link LaneLostException} when the lane belongs to another, which also is told as {@link
   * LaneObserver#lost}; after any other failure the engine commits again, with the same or more.
   */
  CompletionStage<Void> commit(Progress progress);

  /**
   * Commits for the last time and hands the lane over at once: the stage completes when another
   * member may own it. The engine ignores a failure: the lease ends by itself.
   */
  CompletionStage<Void> release(Progress progress);
}
