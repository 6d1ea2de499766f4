package dev.eventbus.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What stands behind the wrappers that futures put around a failure. */
final class Failures {

  private static final int MAX_TEXT = 1000;

  private Failures() {}

  static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException || inner instanceof ExecutionException) {
      if (inner.getCause() == null) {
        return inner;
      }
      inner = inner.getCause();
    }
    return inner;
  }

  /** A message for people, never null, of bounded length. */
  static String text(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message;
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
