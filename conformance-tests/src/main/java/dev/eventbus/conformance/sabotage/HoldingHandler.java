package dev.eventbus.conformance.sabotage;

import dev.eventbus.Delivery;
import dev.eventbus.Handler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Lets every event wait while another one has failed and is not done with. */
final class HoldingHandler implements Handler {

  /** Long enough to be seen, short enough to let the test end. */
  private static final long MOST_NANOS = Duration.ofSeconds(3).toNanos();

  private final Handler handler;
  private final int maxAttempts;
  private final Set<String> failing = new HashSet<>();

  HoldingHandler(Handler handler, int maxAttempts) {
    this.handler = handler;
    this.maxAttempts = maxAttempts;
  }

  @Override
  public void handle(Delivery delivery) throws Exception {
    String id = delivery.event().id();
    awaitOthers(id);
    try {
      handler.handle(delivery);
      done(id);
    } catch (Throwable failure) {
      if (delivery.attempt() < maxAttempts) {
        failed(id);
      } else {
        done(id);
      }
      throw failure;
    }
  }

  private synchronized void awaitOthers(String id) throws InterruptedException {
    long until = System.nanoTime() + MOST_NANOS;
    while (failing.stream().anyMatch(other -> !other.equals(id))) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private synchronized void failed(String id) {
    failing.add(id);
  }

  private synchronized void done(String id) {
    failing.remove(id);
    notifyAll();
  }
}
