package dev.eventbus.benchmarks.nats;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the time from the first event to the last. */
final class Countdown {

  private final AtomicInteger seen = new AtomicInteger();
  private final CountDownLatch done = new CountDownLatch(1);
  private final int events;
  private volatile Rate.Instant first = Rate.Instant.now();
  private volatile Rate.Instant last = first;

  Countdown(int events) {
    this.events = events;
  }

  void one() {
    int number = seen.incrementAndGet();
    if (number == 1) {
      first = Rate.Instant.now();
    } else if (number == events) {
      last = Rate.Instant.now();
      done.countDown();
    }
  }

  void await() throws InterruptedException {
    done.await();
  }

  Rate rate() {
    return first.until(last, events - 1);
  }
}
