package dev.eventbus.driver.nats;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes may wait for the socket. The client's own count is behind a lock that it holds while
 * it reconnects; here what is behind an answer counts as sent, since the connection keeps the order.
 */
final class Outbound {

  private static final long MOST_BYTES = 64L << 20;

  private final ServerCalls calls;
  private final AtomicLong handedOver = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean asking = new AtomicBoolean();

  Outbound(ServerCalls calls) {
    this.calls = calls;
  }

  /** Whether more may be handed over. If not the server is asked, so that its answer tells. */
  boolean hasRoom() {
    if (handedOver.get() - sent.get() < MOST_BYTES) {
      return true;
    }
    if (asking.compareAndSet(false, true)) {
      long mark = handedOver.get();
      Calls.follow(calls.ask("$JS.API.INFO", ""), (answer, failure) -> {
        asking.set(false);
        if (failure == null) {
          answered(mark);
        }
      });
    }
    return false;
  }

  /** Counts bytes; the mark comes back with their answer. */
  long handOver(long bytes) {
    return handedOver.addAndGet(bytes);
  }

  /** All up to this mark has left. */
  void answered(long mark) {
    long before = sent.get();
    while (before < mark && !sent.compareAndSet(before, mark)) {
      before = sent.get();
    }
  }
}
