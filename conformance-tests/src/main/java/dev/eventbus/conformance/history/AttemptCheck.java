package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** R1, R4, R5: attempts count 1, 2, 3 … across members and crashes, and end. */
final class AttemptCheck {

  private final Timeline timeline;
  private final Expectations expectations;
  private final Findings findings;

  AttemptCheck(Timeline timeline, Expectations expectations, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.findings = findings;
  }

  void run() {
    for (Map<String, Tracked> events : timeline.groups.values()) {
      for (Tracked event : events.values()) {
        checkSequence(event);
        checkDeaths(event);
      }
    }
  }

  private void checkSequence(Tracked event) {
    @Nullable Run previous = null;
    var repeatsAfterCut = new HashMap<Integer, Integer>();
    for (Run run : event.runs) {
      if (run.attempt() > expectations.maxAttempts()
          && expectations.exhausted() != Expectations.Exhausted.HOLD) {
        found(Clause.R1, "attempt %d is beyond the last".formatted(run.attempt()), run);
      }
      if (previous == null || previous.ok() || givenUpBetween(event, previous, run)) {
        repeatsAfterCut.clear();
        checkFirst(previous, run);
      } else {
        checkNext(previous, run, repeatsAfterCut);
      }
      previous = run;
    }
  }

  private static boolean givenUpBetween(Tracked event, Run previous, Run run) {
    return event.givenUpBetween(previous.startSeq, run.startSeq);
  }

  private void checkFirst(@Nullable Run previous, Run run) {
    int since = previous == null ? 0 : previous.startSeq;
    int most = 1 + timeline.faults.crashesBetween(since, run.startSeq);
    if (previous != null) {
      most = Math.max(most, previous.attempt() + 1);
    }
    if (run.attempt() < 1 || run.attempt() > most) {
      found(Clause.R1, "attempt %d comes first".formatted(run.attempt()), run);
    }
  }

  private void checkNext(Run previous, Run run, Map<Integer, Integer> repeatsAfterCut) {
    if (previous.rejected() && !faultBetween(previous, run)) {
      found(Clause.R4, "came again after it was rejected", previous, run);
      return;
    }
    boolean sameAllowed = !previous.failed() || faultBetween(previous, run) || closing(previous);
    int least = previous.attempt() + (sameAllowed ? 0 : 1);
    int most =
        previous.attempt() + 1 + timeline.faults.crashesBetween(previous.startSeq, run.startSeq);
    if (run.attempt() < least || run.attempt() > most) {
      found(
          Clause.R1,
          "attempt %d follows attempt %d".formatted(run.attempt(), previous.attempt()),
          previous,
          run);
    } else if (run.attempt() == previous.attempt()
        && repeatsAfterCut.merge(run.attempt(), 1, Integer::sum) > 1
        && previous.wasCut()) {
      found(
          Clause.R5,
          "attempt %d came a third time: a death was not counted".formatted(run.attempt()),
          previous,
          run);
    }
  }

  private boolean faultBetween(Run previous, Run run) {
    return previous.mayBeForgotten(run.startSeq)
        || timeline.outages.between(previous.startSeq, run.startSeq);
  }

  private boolean closing(Run run) {
    return timeline.member(run.start.at()).closeCalledSeq < run.endSeq;
  }

  private void checkDeaths(Tracked event) {
    if (!timeline.poison.contains(event.event.id())) {
      return;
    }
    long deaths = event.runs.stream().filter(Run::wasCut).count();
    if (deaths > expectations.maxAttempts() + 1L) {
      findings.add(
          Kind.WRONG_ATTEMPT,
          Clause.R5,
          "%s killed %d processes".formatted(event.event, deaths),
          event.runs.toArray(Run[]::new));
    }
  }

  private void found(Clause clause, String what, Run... runs) {
    EventRef event = runs[0].start.event();
    findings.add(Kind.WRONG_ATTEMPT, clause, event + ": " + what, runs);
  }
}
