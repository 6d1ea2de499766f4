package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import dev.eventbus.EventBusException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets a caller wait for what a thread of the driver does. */
final class Waiting {

  /** For opening the database. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  /** For joining a group or looking something up. */
  static final Duration CALL = Duration.ofSeconds(10);

  private Waiting() {}

  /**
   * The result.
   *
   * @param late what to say when it does not come in time
   * @throws EventBusException if it fails or does not come; then the future is cancelled
   */
  static <T> T get(CompletableFuture<T> future, Duration limit, Supplier<String> late) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof EventBusException known) {
        throw known;
      }
      throw new DriverException(
          EmbeddedError.IO,
          "The database (%s) failed: %s.".formatted(EmbeddedConfig.FILE, failed.getCause()),
          failed);
    } catch (TimeoutException tooLate) {
      future.cancel(false);
      throw new DriverException(EmbeddedError.LOCKED, late.get(), tooLate);
    } catch (InterruptedException interrupted) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new DriverException(
          EmbeddedError.LOCKED,
          "The calling thread was interrupted while it waited for the database (%s)."
              .formatted(EmbeddedConfig.FILE),
          interrupted);
    }
  }
}
