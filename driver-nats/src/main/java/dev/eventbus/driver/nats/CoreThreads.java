package dev.eventbus.driver.nats;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's own threads in the realtime profile: one that looks after all subscriptions, and one
 * for each that is leaving, for that time. Beside them the client has its reader, its writer, its
 * callbacks and one for each subscription.
 */
final class CoreThreads {

  private static final Logger LOG = LoggerFactory.getLogger(CoreThreads.class);
  private static final long END_SECONDS = 5;

  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, named("eventbus-nats-realtime"));
  private final ThreadPoolExecutor leaving = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      1,
      TimeUnit.SECONDS,
      new SynchronousQueue<>(),
      named("eventbus-nats-leaving"),
      // after the end nothing waits any more
      (task, closed) -> task.run());

  private static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the driver
  void every(Duration period, Runnable task) {
    watch.scheduleWithFixedDelay(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs what waits for the server. */
  void leave(Runnable task) {
    leaving.execute(task);
  }

  /** Ends both and waits for them. */
  void close() {
    leaving.shutdownNow();
    watch.shutdownNow();
    try {
      if (!leaving.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
          || !watch.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("threads of the realtime profile still run after {} s", END_SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
