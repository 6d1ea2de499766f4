package dev.eventbus.cli;

import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Holds a subscription open until there is a reason to end it; the first reason counts. */
final class StopSignal {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(60);

  private final AtomicReference<@Nullable StopReason> reason = new AtomicReference<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  void stop(StopReason why) {
    reason.compareAndSet(null, why);
    stopped.countDown();
  }

  /** Waits for a reason; looks for failure and idleness itself. */
  StopReason await(Subscription subscription, PrintingHandler handler, @Nullable Duration idle)
      throws InterruptedException {
    long began = System.nanoTime();
    while (!stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      if (subscription.state() == SubscriptionState.FAILED) {
        stop(StopReason.FAILED);
      } else if (idle != null && isIdle(subscription, began, handler.lastStart(), idle)) {
        stop(StopReason.IDLE);
      }
    }
    StopReason why = reason.get();
    if (why == null) {
      throw new IllegalStateException("stopped without a reason");
    }
    return why;
  }

  private static boolean isIdle(
      Subscription subscription, long began, long lastStart, Duration idle) {
    long since = Math.max(began - System.nanoTime(), lastStart - System.nanoTime());
    var stats = subscription.stats();
    return -since >= idle.toNanos() && stats.inHandlers() == 0 && stats.inBackoff() == 0;
  }

  /** Ends the subscription because the process ends, and waits until it is closed. */
  void stopAndAwaitEnd() {
    stop(StopReason.SIGNAL);
    try {
      if (!ended.await(LONGEST_DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("error: not drained within " + LONGEST_DRAIN.toSeconds() + " s");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed. */
  void ended() {
    ended.countDown();
  }
}
