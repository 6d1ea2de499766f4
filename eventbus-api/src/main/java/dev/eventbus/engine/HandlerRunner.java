package dev.eventbus.engine;

import dev.eventbus.Handler;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs attempts on as many workers as there are attempts, up to the concurrency. A worker takes
 * attempts until none is left, so fast handlers cost no hand-over between threads for each event.
 *
 * <p>Invariant: while attempts wait, either a worker is about to look for them or all workers that
 * the concurrency allows are in handlers.
 */
final class HandlerRunner implements Runnable {

  private final ConcurrentLinkedQueue<Attempt> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger workers = new AtomicInteger();
  private final Executor executor;
  private final Handler handler;
  private final int concurrency;

  HandlerRunner(Executor executor, Handler handler, int concurrency) {
    this.executor = executor;
    this.handler = handler;
    this.concurrency = concurrency;
  }

  /**
   * Queues an attempt.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor takes no worker; the
   *     attempt stays queued for a later one
   */
  void offer(Attempt attempt) {
    waiting.add(attempt);
    addWorker();
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
      executor.execute(this);
    } catch (RejectedExecutionException refused) {
      workers.decrementAndGet();
      throw refused;
    }
  }

  @Override
  public void run() {
    Attempt attempt = waiting.poll();
    while (attempt != null) {
      attempt.handle(handler);
      attempt = waiting.poll();
    }
    workers.decrementAndGet();
    if (!waiting.isEmpty()) {
      addWorker();
    }
  }
}
