package dev.eventbus.spi;

/** A clock that only goes forward, such as {@link System#nanoTime()}; its zero means nothing. */
@FunctionalInterface
public interface MonotonicClock {

  /** Nanoseconds; compare by difference. */
  long nanos();
}
