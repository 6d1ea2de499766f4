package dev.eventbus;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Draws event ids: a random part for each process and a count, cheaper than a UUID for each. */
final class EventIds {

  private static final int RADIX = 36;
  private static final String PROCESS = process();
  private static final AtomicLong COUNT = new AtomicLong();

  private EventIds() {}

  static String next() {
    return PROCESS + Long.toString(COUNT.incrementAndGet(), RADIX);
  }

  private static String process() {
    var random = new SecureRandom();
    return Long.toUnsignedString(random.nextLong(), RADIX)
        + Long.toUnsignedString(random.nextLong(), RADIX)
        + "-";
  }
}
