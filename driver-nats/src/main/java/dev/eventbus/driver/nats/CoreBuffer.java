package dev.eventbus.driver.nats;

import io.nats.client.Message;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one subscription that the engine has not asked for yet, bounded. One thread puts
 * in, another takes out.
 */
final class CoreBuffer {

  private final CoreLimits limits;
  private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  CoreBuffer(CoreLimits limits) {
    this.limits = limits;
  }

  /** Keeps a message, or drops and counts it where there is no room. */
  boolean offer(Message message) {
    long size = sizeOf(message);
    boolean full = events.get() >= limits.events() || bytes.get() + size > limits.bytes();
    if (full && events.get() > 0) {
      dropped.incrementAndGet();
      return false;
    }
    bytes.addAndGet(size);
    events.incrementAndGet();
    messages.add(message);
    return true;
  }

  /** The oldest message, or null. */
  @Nullable
  Message poll() {
    Message message = messages.poll();
    if (message != null) {
      events.decrementAndGet();
      bytes.addAndGet(-sizeOf(message));
    }
    return message;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  int size() {
    return events.get();
  }

  /** How many were dropped since the last call. */
  long takeDropped() {
    return dropped.getAndSet(0);
  }

  private static long sizeOf(Message message) {
    return message.consumeByteCount();
  }
}
