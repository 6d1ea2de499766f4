package dev.eventbus.driver.nats;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.MonotonicClock;
import dev.eventbus.spi.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one lane of a subscription of the realtime profile: always owned, and nothing to commit, since
 * the server remembers nothing. Its credit is given by the engine's loop and taken by the driver's.
 */
final class CoreLane implements Lane {

  /** Compared by difference, so that the far future is never the past. */
  private static final long FAR_NANOS = Long.MAX_VALUE / 2;

  private final long fence;
  private final MonotonicClock clock;
  private final Runnable more;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long settled;
  private volatile boolean released;

  /** {@code more} is told of each request. */
  CoreLane(long fence, MonotonicClock clock, Runnable more) {
    this.fence = fence;
    this.clock = clock;
    this.more = more;
  }

  @Override
  public int number() {
    return 0;
  }

  @Override
  public long fence() {
    return fence;
  }

  @Override
  public long leaseUntil() {
    return clock.nanos() + FAR_NANOS;
  }

  @Override
  public void request(int moreEvents, long moreBytes) {
    events.addAndGet(moreEvents);
    bytes.addAndGet(moreBytes);
    more.run();
  }

  /** Whether the engine takes events. */
  boolean isOpen() {
    return !released && events.get() > 0 && bytes.get() > 0;
  }

  /** Takes one event from the credit. */
  void take(int size) {
    events.decrementAndGet();
    bytes.addAndGet(-size);
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    settled = (progress.floor() == null ? 0 : progress.floor().minor()) + progress.settledAhead();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    released = true;
    return commit(progress);
  }

  /** How many events were settled, as of the last commit. */
  long settled() {
    return settled;
  }
}
