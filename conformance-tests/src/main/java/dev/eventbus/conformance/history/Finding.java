package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import java.util.List;

/**
 * Something in a history that the contract forbids.
 *
 * @param kind what it is
 * @param clause the clause that it breaks, given what else happened
 * @param text what was seen
 * @param evidence the history events that show it, by time
 */
public record Finding(Kind kind, Clause clause, String text, List<HistoryEvent> evidence) {

  /** What a checker looks for. */
  public enum Kind {
    /** A stored event was never settled. */
    LOST,
    /** A handler got an event that was never published, or one that is told not to be stored. */
    PHANTOM,
    /** A settled event came again, and no fault allows it. */
    REPEATED,
    /** An event was handled before the one before it was settled. */
    OUT_OF_ORDER,
    /** Two handlers had one key at once. */
    OVERLAPPING,
    /** An exhausted event has no dead letter. */
    DEAD_LETTER_MISSING,
    /** A dead letter came before its time, or the event went on before it was stored. */
    DEAD_LETTER_EARLY,
    /** A dead letter is not what was published. */
    DEAD_LETTER_CHANGED,
    /** There are two dead letters of one event. */
    DEAD_LETTER_REPEATED,
    /** A handler got something else than was published. */
    CHANGED,
    /** The number of an attempt is wrong. */
    WRONG_ATTEMPT,
    /** Attempts are too close or too far apart. */
    BACKOFF,
    /** A member held more events than its window. */
    WINDOW,
    /** A member ran more handlers than its concurrency. */
    CONCURRENCY,
    /** Nothing went on though it could. */
    STALL,
    /** A handler started on a lane that was lost, or after a pause or close. */
    STALE_START,
    /** A fence did not grow. */
    FENCE,
    /** Positions of one key's events are not in call order. */
    STORED_ORDER
  }

  public Finding {
    evidence = List.copyOf(evidence);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(clause + " " + kind + ": " + this.text);
    for (HistoryEvent event : evidence) {
      text.append("\n    ").append(event);
    }
    return text.toString();
  }
}
