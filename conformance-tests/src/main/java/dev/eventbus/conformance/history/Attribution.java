package dev.eventbus.conformance.history;

import static dev.eventbus.conformance.Clause.A1;
import static dev.eventbus.conformance.Clause.A2;
import static dev.eventbus.conformance.Clause.A3;
import static dev.eventbus.conformance.Clause.A4;
import static dev.eventbus.conformance.Clause.A5;
import static dev.eventbus.conformance.Clause.A6;
import static dev.eventbus.conformance.Clause.A7;
import static dev.eventbus.conformance.Clause.A8;
import static dev.eventbus.conformance.Clause.A9;
import static dev.eventbus.conformance.Clause.L1;
import static dev.eventbus.conformance.Clause.O1;
import static dev.eventbus.conformance.Clause.O3;
import static dev.eventbus.conformance.Clause.O4;
import static dev.eventbus.conformance.Clause.O5;
import static dev.eventbus.conformance.Clause.O7;
import static dev.eventbus.conformance.Clause.S2;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says which clause a finding breaks: the same sight means another clause after another fault. */
final class Attribution {

  private final Timeline timeline;
  private final Duration lease;

  Attribution(Timeline timeline, Duration lease) {
    this.timeline = timeline;
    this.lease = lease;
  }

  /** An event started although the one before it in its key, with this last run, was unsettled. */
  Clause order(@Nullable Run prior, Run later) {
    int from = prior == null ? 0 : prior.startSeq;
    Faults faults = timeline.faults;
    if (prior != null && prior.process.suspendedBetween(from, later.startSeq)) {
      return A6;
    }
    if (prior == null
        ? faults.deathBetween(0, later.startSeq)
        : prior.process.diedBetween(from, later.startSeq)) {
      return O4;
    }
    if (timeline.outages.between(from, later.startSeq)) {
      return O5;
    }
    if (prior == null
        ? faults.closeBetween(0, later.startSeq)
        : timeline.member(prior.start.at()) != timeline.member(later.start.at())
            || faults.closeBetween(from, later.startSeq)) {
      return O3;
    }
    return byKind(O1, later);
  }

  /** A handler started while another one had its key. */
  Clause overlap(Run active, Run later) {
    if (later.process.suspendedBefore(later.startSeq)) {
      return O7;
    }
    long age = later.startNanos() - active.startNanos();
    if (active.start.event().id().equals(later.start.event().id()) && age >= lease.toNanos()) {
      return A4;
    }
    if (timeline.member(active.start.at()) == timeline.member(later.start.at())) {
      return byKind(O1, later);
    }
    return timeline.faults.deathBetween(0, later.startSeq) ? O4 : O3;
  }

  /** An event was never settled. */
  Clause lost(Tracked event) {
    Run last = event.lastRun();
    Faults faults = timeline.faults;
    int from = last == null ? 0 : last.startSeq;
    int end = timeline.lines.size();
    if (last == null ? faults.suspensions() > 0 : last.process.suspendedBetween(from, end)) {
      return A6;
    }
    if (last == null ? faults.deaths() > 0 : last.process.diedBetween(from, end)) {
      return A3;
    }
    if (timeline.outages.between(from, end)) {
      return timeline.outages.killedBetween(from, end) ? A8 : A7;
    }
    if (last == null) {
      return S2;
    }
    return byKind(last.failed() ? A2 : A4, last);
  }

  /** A settled event started again, and no fault of the process that settled it allows that. */
  Clause repeated(Run ok, Run again) {
    Faults faults = timeline.faults;
    if (faults.suspensionBetween(0, again.startSeq)) {
      return A6;
    }
    if (faults.deathBetween(ok.startSeq, again.startSeq)) {
      return A5;
    }
    if (timeline.outages.between(0, again.startSeq)) {
      return timeline.outages.killedBetween(0, again.startSeq) ? A8 : A7;
    }
    if (faults.closeBetween(ok.startSeq, again.startSeq)) {
      return L1;
    }
    return byKind(A1, again);
  }

  private Clause byKind(Clause blocking, Run run) {
    boolean async = timeline.member(run.start.at()).handlers == HandlerKind.ASYNC;
    return async && (blocking == O1 || blocking == A1 || blocking == A2) ? A9 : blocking;
  }
}
