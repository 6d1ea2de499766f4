package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Expectations.Load;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import java.time.Duration;
import java.util.Map;

/**
 * R2, R4: the gap between two attempts is the drawn delay at least, and not much more when idle.
 */
final class BackoffCheck {

  private static final Duration LATENESS = Duration.ofSeconds(1);
  private static final Duration CLOCK_GRAIN = Duration.ofMillis(2);

  private final Timeline timeline;
  private final Expectations expectations;
  private final Findings findings;

  BackoffCheck(Timeline timeline, Expectations expectations, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.findings = findings;
  }

  void run() {
    for (Map<String, Tracked> events : timeline.groups.values()) {
      for (Tracked event : events.values()) {
        for (int i = 1; i < event.runs.size(); i++) {
          check(event.runs.get(i - 1), event.runs.get(i));
        }
      }
    }
  }

  private void check(Run previous, Run next) {
    HandlerEnded end = previous.end;
    if (end == null
        || end.outcome() == Outcome.OK
        || end.outcome() == Outcome.REJECTED
        || next.attempt() <= previous.attempt()) {
      return;
    }
    boolean asked = end.outcome() == Outcome.RETRY_LATER;
    long least = asked ? end.delayNanos() : nanos(previous, 0);
    long most = asked ? end.delayNanos() : nanos(previous, 1);
    long gap = next.startNanos() - end.at().nanos();
    Clause clause = asked ? Clause.R4 : Clause.R2;
    if (gap < least - CLOCK_GRAIN.toNanos() && !forgotten(previous, next)) {
      found(clause, "only", gap, least, previous, next);
    } else if (calm(end, next) > most + LATENESS.toNanos() && punctual(previous, next)) {
      found(clause, "as much as", gap, most, previous, next);
    }
  }

  private long calm(HandlerEnded end, Run next) {
    return timeline.outages.calmNanos(end.at().nanos(), next.startNanos());
  }

  private long nanos(Run failed, double draw) {
    return expectations.backoff().after(failed.attempt(), draw).toNanos();
  }

  /** A fault may have kept the failure, and so the delay, from the next owner. */
  private boolean forgotten(Run previous, Run next) {
    return previous.mayBeForgotten(next.startSeq)
        || timeline.outages.between(previous.startSeq, next.startSeq);
  }

  private boolean punctual(Run previous, Run next) {
    int from = previous.startSeq;
    return expectations.load() == Load.IDLE
        && previous.process == next.process
        && !forgotten(previous, next)
        && !timeline.member(next.start.at()).pausedBetween(from, next.startSeq);
  }

  private void found(Clause clause, String how, long gap, long bound, Run previous, Run next) {
    findings.add(
        Kind.BACKOFF,
        clause,
        "%s: %s %d ms between attempts %d and %d, the bound is %d ms"
            .formatted(
                next.start.event(),
                how,
                gap / 1_000_000,
                previous.attempt(),
                next.attempt(),
                bound / 1_000_000),
        previous,
        next);
  }
}
