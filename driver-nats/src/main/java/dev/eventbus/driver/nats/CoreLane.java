package dev.eventbus.driver.nats;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.MonotonicClock;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The one lane of a subscription of the realtime profile: always owned, and nothing to commit, since
 * the server remembers nothing. The engine gives credit, the client's thread waits for it and takes
 * it; both are guarded by this.
 */
final class CoreLane implements Lane {

  /** Compared by difference, so that the far future is never the past. */
  private static final long FAR_NANOS = Long.MAX_VALUE / 2;

  private final long fence;
  private final MonotonicClock clock;
  private long events;
  private long bytes;
  private long settled;
  private boolean released;

  CoreLane(long fence, MonotonicClock clock) {
    this.fence = fence;
    this.clock = clock;
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
  public synchronized void request(int moreEvents, long moreBytes) {
    events += moreEvents;
    bytes += moreBytes;
    notifyAll();
  }

  /** Whether the engine takes events. */
  synchronized boolean isOpen() {
    return !released && events > 0 && bytes > 0;
  }

  /** Waits until the engine takes events; false when it never will. */
  synchronized boolean awaitOpen() throws InterruptedException {
    while (!released && !isOpen()) {
      wait();
    }
    return !released;
  }

  /** Takes one event from the credit. */
  synchronized void take(int size) {
    events--;
    bytes -= size;
  }

  @Override
  public synchronized CompletionStage<Void> commit(Progress progress) {
    Position floor = progress.floor();
    settled = (floor == null ? 0 : floor.minor()) + progress.settledAhead();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    end();
    return commit(progress);
  }

  /** The engine takes no further events. */
  synchronized void end() {
    released = true;
    notifyAll();
  }

  /** How many events were settled, as of the last commit. */
  synchronized long settled() {
    return settled;
  }
}
