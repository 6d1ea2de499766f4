package dev.eventbus.benchmarks.nats;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the time from the first event to the last. */
final class Countdown {

  private final AtomicInteger seen = new AtomicInteger();
  private final CountDownLatch done = new CountDownLatch(1);
  private final int events;
  private volatile long first;
  private volatile long last;

  Countdown(int events) {
    this.events = events;
  }

  void one() {
    int number = seen.incrementAndGet();
    if (number == 1) {
      first = System.nanoTime();
    } else if (number == events) {
      last = System.nanoTime();
      done.countDown();
    }
  }

  void await() throws InterruptedException {
    done.await();
  }

  /** Events per second. */
  double rate() {
    return (events - 1) * 1e9 / (last - first);
  }
}
