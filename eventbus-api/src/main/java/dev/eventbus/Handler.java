package dev.eventbus;

import java.util.Objects;

/**
 * Handles one delivery; returning settles it, throwing does not (A1, A2).
 *
 * <p>Called concurrently for different keys, never for one key (O1, O6). Throw {@link RejectEvent}
 * to dead-letter at once and {@link RetryLater} to choose the next delay (R4).
 */
@FunctionalInterface
public interface Handler {

  /** Handles the delivery. Any {@link Throwable} counts as a failed attempt. */
  void handle(Delivery delivery) throws Exception;

  /** A handler that answers later: the delivery is settled when the stage completes (A9). */
  static Handler async(AsyncHandler handler) {
    return new AsyncAdapter(Objects.requireNonNull(handler, "handler"));
  }
}
