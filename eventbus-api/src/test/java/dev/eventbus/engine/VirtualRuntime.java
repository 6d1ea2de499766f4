package dev.eventbus.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * A clock that stands still until it is told, and one thread for everything: the caller's. Any thread
 * may hand it a task.
 */
final class VirtualRuntime implements EngineRuntime {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Timer(long due, long number, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
    }
  }

  /** What the code under test has called a defect of its own. */
  final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Random random;
  private long nanos;
  private long timersMade;

  VirtualRuntime() {
    this(0);
  }

  VirtualRuntime(long seed) {
    random = new Random(seed);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public Executor loops() {
    return tasks::add;
  }

  @Override
  public Executor handlers() {
    return tasks::add;
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    timers.add(new Timer(nanos + delayNanos, timersMade++, task));
  }

  @Override
  public double draw() {
    return random.nextDouble();
  }

  @Override
  public void defect(Throwable thrown) {
    defects.add(thrown);
  }

  @Override
  public void close() {
    tasks.clear();
    timers.clear();
  }

  int queued() {
    return tasks.size();
  }

  /** Runs the task that was queued first; false when there is none. */
  boolean runOne() {
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  /** Runs what is queued, and what that queues. */
  void run() {
    boolean ran = true;
    while (ran) {
      ran = runOne();
    }
  }

  /** Lets time pass; timers run when they are due. */
  void advance(Duration time) {
    long end = nanos + time.toNanos();
    run();
    Timer next = timers.peek();
    while (next != null && next.due <= end) {
      timers.remove();
      nanos = Math.max(nanos, next.due);
      next.task.run();
      run();
      next = timers.peek();
    }
    nanos = end;
  }
}
