package dev.eventbus.driver.nats;

import dev.eventbus.spi.MonotonicClock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The driver's own threads in the realtime profile: one for all subscriptions, and one for each that
 * is leaving, for that time. Beside them the client has its reader, its writer and one that hands
 * messages over.
 */
final class CoreThreads {

  private static final long END_SECONDS = 5;

  private final MonotonicClock clock;
  private final ScheduledThreadPoolExecutor loop;
  private final ThreadPoolExecutor leaving;

  CoreThreads(MonotonicClock clock) {
    this.clock = clock;
    this.loop = new ScheduledThreadPoolExecutor(1, named("eventbus-nats-realtime"));
    loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    loop.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    this.leaving = new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        named("eventbus-nats-leaving"));
  }

  private static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  MonotonicClock clock() {
    return clock;
  }

  /** Everything that is told to observers runs here. After the end it takes nothing more. */
  Executor loop() {
    return loop;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
  void later(Runnable task, long millis) {
    loop.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
  void everySecond(Runnable task) {
    loop.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS);
  }

  /** For what waits for the server. */
  Executor leaving() {
    return leaving;
  }

  /** Ends both and waits for them. */
  void close() {
    leaving.shutdownNow();
    loop.shutdown();
    try {
      leaving.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      loop.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
