package dev.eventbus.engine;

import dev.eventbus.spi.MonotonicClock;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The time, the threads and the chance that an engine works with; a simulation gives virtual ones.
 *
 * <p>Thread-safe.
 */
public interface EngineRuntime extends MonotonicClock {

  /** The wall clock. */
  Instant now();

  /** Runs loops: short tasks that never block. */
  Executor loops();

  /** Runs handlers and callbacks of applications, which may block. */
  Executor handlers();

  /** Runs a task once after a delay, on a thread where it may only post to a mailbox. */
  void schedule(long delayNanos, Runnable task);

  /** Draws a number from 0 to 1, for jitter. */
  double draw();

  /** A loop's own code has failed, which is a defect; the loop goes on. */
  void defect(Throwable thrown);

  /** Gives every thread back. */
  void close();
}
