package dev.eventbus.engine;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A runtime whose handlers run where a test wants them, and whose timers go off when it says so. */
final class WorkerRuntime implements EngineRuntime {

  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
  private final Executor handlers;

  /** What one look at the clock adds to it. */
  long step = 1;

  private long nanos;

  WorkerRuntime(Executor handlers) {
    this.handlers = handlers;
  }

  /** Runs what is scheduled now. */
  void ring() {
    int due = timers.size();
    for (int i = 0; i < due; i++) {
      timers.remove().run();
    }
  }

  @Override
  public synchronized long nanos() {
    nanos += step;
    return nanos;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public Executor loops() {
    return Runnable::run;
  }

  @Override
  public Executor handlers() {
    return handlers;
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    timers.add(task);
  }

  @Override
  public double draw() {
    return 0.5;
  }

  @Override
  public void defect(Throwable thrown) {
    throw new AssertionError(thrown);
  }

  @Override
  public void close() {}
}
