package dev.eventbus.driver.nats;

import io.nats.client.Message;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the calls that a {@link Denial} is the answer to, so that they fail at once and not for want
 * of an answer. Thread-safe.
 */
final class Denials {

  private record Waiting(String subject, CompletableFuture<Message> answer) {}

  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

  /** Expects an answer to what is about to be published; the caller completes it. */
  CompletableFuture<Message> expect(String subject) {
    var entry = new Waiting(subject, new CompletableFuture<>());
    waiting.add(entry);
    CompletableFuture<Message> unused =
        entry.answer().whenComplete((answer, failure) -> waiting.remove(entry));
    return entry.answer();
  }

  /** Fails the calls that end with it: those to its subject, or all whose answers cannot come. */
  void heard(Denial denial) {
    boolean answers = denial.use() == Denial.Use.SUBSCRIBE;
    for (Waiting entry : waiting) {
      if (answers ? denial.subject().endsWith(".*") : entry.subject().equals(denial.subject())) {
        entry.answer().completeExceptionally(denial.explained());
      }
    }
  }
}
