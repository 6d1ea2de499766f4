package dev.eventbus.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Claims of a test that name their clause when they fail. */
final class Claims {

  /** How long a claim about a silence listens. */
  static final Duration SILENCE = Duration.ofMillis(500);

  /** How long a claim about something that a bus does by itself waits. */
  static final Duration SOON = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(10);

  private Claims() {}

  /** Claims what is so now. */
  static void claim(Clause clause, boolean holds, String otherwise) {
    if (!holds) {
      throw ClauseFailure.of(clause, otherwise);
    }
  }

  /** Claims what is equal now. */
  static void claimEqual(Clause clause, Object expected, Object actual, String what) {
    claim(clause, expected.equals(actual), what + " is " + actual + " and not " + expected);
  }

  /** Claims that something fails in this way, with or without a wrapper. */
  static <T extends Throwable> T claimThrows(Clause clause, Class<T> kind, Callable<?> action) {
    Throwable thrown;
    try {
      thrown = new IllegalStateException("nothing was thrown, it answered " + action.call());
      if (kind == IllegalStateException.class) {
        throw ClauseFailure.of(clause, "" + thrown.getMessage());
      }
    } catch (CompletionException wrapped) {
      thrown = wrapped.getCause() == null ? wrapped : wrapped.getCause();
    } catch (Exception failure) {
      thrown = failure;
    }
    if (!kind.isInstance(thrown)) {
      throw ClauseFailure.of(clause, "not a %s: %s".formatted(kind.getSimpleName(), thrown));
    }
    return kind.cast(thrown);
  }

  /** Claims what will be so within a time. */
  static void claimWithin(Duration limit, Clause clause, String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what)
          .atMost(limit)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(condition);
    } catch (ConditionTimeoutException timeout) {
      throw ClauseFailure.of(clause, "waited %s in vain for %s".formatted(limit, what));
    }
  }

  /** Claims what stays so for {@link #SILENCE}. */
  static void claimStays(Clause clause, String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .during(SILENCE)
          .atMost(SILENCE.multipliedBy(2))
          .until(condition);
    } catch (ConditionTimeoutException timeout) {
      throw ClauseFailure.of(clause, "it did not stay so: " + what);
    }
  }
}
