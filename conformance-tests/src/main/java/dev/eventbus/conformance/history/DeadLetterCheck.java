package dev.eventbus.conformance.history;

import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Expectations.Completeness;
import dev.eventbus.conformance.history.Expectations.Exhausted;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** R3, R5: an exhausted event has one dead letter, in time and unchanged; others have none. */
final class DeadLetterCheck {

  private static final String REASON_CRASHED = "crashed";
  private static final String REASON_UNDECODABLE = "undecodable";

  private final Timeline timeline;
  private final Expectations expectations;
  private final Findings findings;

  DeadLetterCheck(Timeline timeline, Expectations expectations, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.findings = findings;
  }

  void run() {
    for (Map<String, Tracked> events : timeline.groups.values()) {
      for (Tracked event : events.values()) {
        checkMissing(event);
        if (!event.letters.isEmpty()) {
          checkLetters(event, event.letters.get(0));
        }
      }
    }
  }

  private void checkMissing(Tracked event) {
    if (expectations.completeness() != Completeness.COMPLETE
        || expectations.exhausted() != Exhausted.DEAD_LETTER
        || !expectations.deadLetterGroups().contains(event.group.name())
        || !event.letters.isEmpty()) {
      return;
    }
    @Nullable Run last = event.lastRun();
    if (!event.givenUpSeqs.isEmpty()
        || (last != null && exhausted(last) && event.runs.stream().noneMatch(Run::ok))) {
      findings.add(
          Kind.DEAD_LETTER_MISSING,
          last != null && last.rejected() ? Clause.R4 : Clause.R3,
          "%s is exhausted and has no dead letter".formatted(event.event),
          event.runs.toArray(Run[]::new));
    }
  }

  private boolean exhausted(Run last) {
    return last.rejected() || (last.failed() && last.attempt() >= expectations.maxAttempts());
  }

  private void checkLetters(Tracked event, DeadLetterSeen letter) {
    if (event.letters.size() > 1) {
      findings.add(
          Kind.DEAD_LETTER_REPEATED,
          Clause.R3,
          "%s has %d dead letters".formatted(event.event, event.letters.size()),
          event.letters);
    }
    if (timeline.publishes.changed(event.event.id(), letter.digest())) {
      found(Kind.DEAD_LETTER_CHANGED, Clause.R3, event, letter, "is not what was published");
    }
    boolean rejected = event.runs.stream().anyMatch(Run::rejected);
    if (rejected || letter.reason().equals(REASON_UNDECODABLE)) {
      return;
    }
    if (letter.reason().equals(REASON_CRASHED) && blamed(event)) {
      found(Kind.DEAD_LETTER_EARLY, Clause.R5, event, letter, "was blamed for another's poison");
      return;
    }
    int counted = event.highestAttempt() + timeline.faults.crashesBetween(0, Integer.MAX_VALUE);
    boolean wentWell = event.runs.stream().anyMatch(Run::ok)
        && event.runs.stream().noneMatch(this::exhausted)
        && !diedAfterLast(event, letter);
    if (counted < expectations.maxAttempts() || wentWell) {
      found(Kind.DEAD_LETTER_EARLY, Clause.R3, event, letter, "was not exhausted");
    }
    if (timeline.faults.crashesBetween(0, Integer.MAX_VALUE) == 0
        && letter.attempts() != event.highestAttempt()) {
      found(Kind.DEAD_LETTER_CHANGED, Clause.R3, event, letter, "says another attempt count");
    }
  }

  /** A success may be forgotten by a crash, and the process that tried again may have died too. */
  private boolean diedAfterLast(Tracked event, DeadLetterSeen letter) {
    Run last = event.lastRun();
    return letter.reason().equals(REASON_CRASHED)
        && last != null
        && timeline.faults.crashesBetween(last.startSeq, Integer.MAX_VALUE) > 0;
  }

  /** All that happened to it was the halt of other events' handlers. */
  private boolean blamed(Tracked event) {
    return !timeline.poison.isEmpty()
        && !timeline.poison.contains(event.event.id())
        && event.runs.stream().noneMatch(Run::failed);
  }

  private void found(Kind kind, Clause clause, Tracked event, DeadLetterSeen letter, String what) {
    findings.add(
        kind,
        clause,
        "the dead letter of %s (%s %s) %s"
            .formatted(event.event, DeadLetterHeaders.REASON, letter.reason(), what),
        List.of(letter));
  }
}
