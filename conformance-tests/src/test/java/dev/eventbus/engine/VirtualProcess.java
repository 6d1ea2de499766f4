package dev.eventbus.engine;

import dev.eventbus.conformance.history.HistorySink;
import dev.eventbus.conformance.history.Recorder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A simulated process: it can be killed, stopped and continued between any two of its tasks. */
final class VirtualProcess implements EngineRuntime {

  private static final long MAX_DISPATCH_NANOS = 200_000;
  private static final long MAX_DELAY_NANOS = 60_000_000;

  private final VirtualTime time;
  private final long pid;
  private final Recorder recorder;
  private final List<Runnable> stopped = new ArrayList<>();
  private boolean alive = true;
  private boolean running = true;

  VirtualProcess(VirtualTime time, String name, long pid, HistorySink history) {
    this.time = time;
    this.pid = pid;
    this.recorder = new Recorder(name, pid, time::nanos, history);
  }

  /** Keeps the task for later when the process is stopped. */
  boolean mayRun(Runnable task) {
    if (alive && !running) {
      stopped.add(task);
    }
    return alive && running;
  }

  void kill() {
    alive = false;
  }

  void suspend() {
    running = false;
  }

  void resume() {
    running = true;
    long at = time.nanos();
    for (Runnable task : stopped) {
      time.at(at++, this, task);
    }
    stopped.clear();
  }

  boolean isAlive() {
    return alive;
  }

  boolean isRunning() {
    return alive && running;
  }

  long pid() {
    return pid;
  }

  Recorder recorder() {
    return recorder;
  }

  void in(long nanos, Runnable task) {
    time.in(nanos, this, task);
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Instant now() {
    return Instant.ofEpochSecond(1_700_000_000L, time.nanos());
  }

  /** Threads are quick to wake, but for a busy machine. */
  private long dispatchNanos() {
    return time.chance(0.03)
        ? time.between(0, MAX_DELAY_NANOS)
        : time.between(0, MAX_DISPATCH_NANOS);
  }

  @Override
  public Executor loops() {
    return task -> in(dispatchNanos(), task);
  }

  @Override
  public Executor handlers() {
    return loops();
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    in(Math.max(0, delayNanos) + time.between(0, MAX_DISPATCH_NANOS), task);
  }

  @Override
  public double draw() {
    return time.random().nextDouble();
  }

  @Override
  public void defect(Throwable thrown) {
    throw new AssertionError("the engine's loop failed", thrown);
  }

  @Override
  public void close() {
    kill();
  }
}
