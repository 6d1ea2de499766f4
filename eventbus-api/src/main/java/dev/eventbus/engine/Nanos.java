package dev.eventbus.engine;

import java.time.Duration;

/** Durations as nanoseconds that can be added to a clock: what is longer than 70 years is as long. */
final class Nanos {

  private static final long MOST = Long.MAX_VALUE / 4;

  private Nanos() {}

  static long of(Duration duration) {
    return duration.compareTo(Duration.ofNanos(MOST)) > 0 ? MOST : duration.toNanos();
  }
}
