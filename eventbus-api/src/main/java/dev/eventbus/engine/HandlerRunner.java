package dev.eventbus.engine;

import dev.eventbus.Handler;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs attempts on at most as many workers as the concurrency allows. A worker takes attempts until
 * none is left. While handlers are quick one worker does, and waking others would cost more than the
 * handlers themselves; they are started at once when handlers have been slow, and otherwise when
 * attempts have waited for {@link #PATIENCE_NANOS}.
 *
 * <p>Invariant: while attempts wait, a worker is about to look for them, or a look at them is
 * scheduled, or all workers that the concurrency allows are in handlers.
 */
final class HandlerRunner implements Runnable {

  private static final long QUICK_NANOS = 50_000;
  private static final long PATIENCE_NANOS = 500_000;
  private static final int SMOOTHING = 8;

  private final ConcurrentLinkedQueue<Attempt> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final EngineRuntime runtime;
  private final Handler handler;
  private final int concurrency;

  /** The usual length of a handler; written by any worker, exactness does not matter. */
  private volatile long usualNanos;

  HandlerRunner(EngineRuntime runtime, Handler handler, int concurrency) {
    this.runtime = runtime;
    this.handler = handler;
    this.concurrency = concurrency;
  }

  /**
   * Queues an attempt.
   *
   * @throws RejectedExecutionException if the executor takes no worker; the attempt stays queued for
   *     a later one
   */
  void offer(Attempt attempt) {
    waiting.add(attempt);
    if (workers.get() == 0 || usualNanos > QUICK_NANOS) {
      addWorker();
    } else if (!looking.get() && looking.compareAndSet(false, true)) {
      runtime.schedule(PATIENCE_NANOS, this::look);
    }
  }

  /** Attempts that have waited so long wait for a slow handler. */
  private void look() {
    looking.set(false);
    int missing = waiting.size();
    for (int i = 0; i < missing; i++) {
      try {
        addWorker();
      } catch (RejectedExecutionException refused) {
        // the next offer meets the same executor, and tells
        return;
      }
    }
  }

  private void addWorker() {
    int now = workers.get();
    while (now < concurrency) {
      if (workers.compareAndSet(now, now + 1)) {
        startWorker();
        return;
      }
      now = workers.get();
    }
  }

  private void startWorker() {
    try {
      runtime.handlers().execute(this);
    } catch (RejectedExecutionException refused) {
      workers.decrementAndGet();
      throw refused;
    }
  }

  @Override
  public void run() {
    Attempt attempt = waiting.poll();
    long before = runtime.nanos();
    while (attempt != null) {
      attempt.handle(handler);
      long after = runtime.nanos();
      long usual = usualNanos;
      usualNanos = usual + (after - before - usual) / SMOOTHING;
      before = after;
      attempt = waiting.poll();
    }
    workers.decrementAndGet();
    if (!waiting.isEmpty()) {
      addWorker();
    }
  }
}
