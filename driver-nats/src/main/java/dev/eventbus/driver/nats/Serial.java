package dev.eventbus.driver.nats;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, on the thread that finds it idle: the owner of its state
 * needs no lock, and an arrival needs no change of threads. Tasks must not block.
 */
final class Serial implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(Serial.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();

  /** Goes on with the outcome of a call: a value, or why there is none. */
  <T> void after(CompletableFuture<T> call, Consumer<T> next, Consumer<Throwable> failed) {
    Calls.follow(
        call,
        (value, failure) -> execute(() -> {
          if (failure == null) {
            next.accept(value);
          } else {
            failed.accept(failure);
          }
        }));
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (open.getAndIncrement() > 0) {
      return;
    }
    do {
      Runnable next = tasks.poll();
      try {
        if (next != null) {
          next.run();
        }
      } catch (RuntimeException | Error e) {
        // The next task must run whatever became of this one.
        LOG.error("A task of the NATS driver failed", e);
      }
    } while (open.decrementAndGet() > 0);
  }
}
