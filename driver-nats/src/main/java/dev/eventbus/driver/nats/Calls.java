package dev.eventbus.driver.nats;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

/** What futures need that is not their own. */
final class Calls {

  private Calls() {}

  /** Hears of the outcome; the second argument is null when the first is the result. */
  static <T> void follow(CompletableFuture<T> call, BiConsumer<T, Throwable> outcome) {
    CompletableFuture<T> unused =
        call.whenComplete((value, failure) -> outcome.accept(value, cause(failure)));
  }

  private static Throwable cause(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && failure.getCause() != null ? failure.getCause() : failure;
  }
}
