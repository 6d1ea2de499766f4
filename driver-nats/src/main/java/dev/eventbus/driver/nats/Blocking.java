package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the server where the caller may block; never longer than a time limit. */
final class Blocking {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Blocking() {}

  /**
   * The result.
   *
   * @throws DriverException if the server refuses or does not answer in time
   */
  static <T> T get(CompletableFuture<T> future, String what) {
    try {
      return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DriverException(
          NatsError.UNAVAILABLE, "Interrupted while waiting for " + what + ".");
    } catch (ExecutionException failed) {
      throw Refusals.explained(what, ServerCalls.cause(failed));
    } catch (TimeoutException late) {
      throw Refusals.explained(what, late);
    }
  }
}
