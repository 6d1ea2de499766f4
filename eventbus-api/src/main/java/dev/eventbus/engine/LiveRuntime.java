package dev.eventbus.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real clock and real threads: few for the loops, one for time, handlers as they are needed. */
final class LiveRuntime implements EngineRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRuntime.class);
  private static final int LOOP_THREADS = 2;
  private static final long IDLE_SECONDS = 10;
  private static final long STOP_SECONDS = 5;

  private final ExecutorService loops =
      Executors.newFixedThreadPool(LOOP_THREADS, named("eventbus-loop"));
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, named("eventbus-timer"));
  private final @Nullable ExecutorService ownHandlers;
  private final Executor handlers;

  LiveRuntime(@Nullable Executor givenHandlers) {
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    if (givenHandlers == null) {
      ownHandlers = handlerThreads();
      handlers = ownHandlers;
    } else {
      ownHandlers = null;
      handlers = givenHandlers;
    }
  }

  /** Virtual threads where the JVM has them; this code is compiled for one that has not. */
  private static ExecutorService handlerThreads() {
    try {
      return (ExecutorService) MethodHandles.publicLookup()
          .findStatic(
              Executors.class,
              "newVirtualThreadPerTaskExecutor",
              MethodType.methodType(ExecutorService.class))
          .invoke();
    } catch (NoSuchMethodException beforeJava21) {
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          named("eventbus-handler"));
    } catch (Throwable unexpected) {
      throw new IllegalStateException("The JVM refuses virtual threads", unexpected);
    }
  }

  private static ThreadFactory named(String prefix) {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, prefix + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Executor loops() {
    return loops;
  }

  @Override
  public Executor handlers() {
    return handlers;
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    var ignored = timer.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
  }

  @Override
  public double draw() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public void defect(Throwable thrown) {
    LOG.error("A message of a subscription's loop failed; please report this", thrown);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    loops.shutdown();
    if (ownHandlers != null) {
      ownHandlers.shutdown();
    }
    try {
      boolean stopped = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      stopped &= loops.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      if (stopped && ownHandlers instanceof ThreadPoolExecutor pool && pool.getActiveCount() == 0) {
        pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
