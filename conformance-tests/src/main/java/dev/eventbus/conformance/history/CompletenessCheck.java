package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Expectations.Completeness;
import dev.eventbus.conformance.history.Expectations.Exhausted;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** S1, S2, A2, A3, P3, D1: what is stored is settled in each group, and nothing else comes. */
final class CompletenessCheck {

  private final Timeline timeline;
  private final Expectations expectations;
  private final Attribution attribution;
  private final Findings findings;

  CompletenessCheck(
      Timeline timeline, Expectations expectations, Attribution attribution, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.attribution = attribution;
    this.findings = findings;
  }

  void run() {
    timeline.runs.forEach(this::checkOrigin);
    if (expectations.completeness() == Completeness.COMPLETE) {
      timeline.groups.forEach(this::checkLost);
    }
  }

  private void checkOrigin(Run run) {
    String id = run.start.event().id();
    if (!timeline.publishes.called.containsKey(id)) {
      found(Kind.PHANTOM, Clause.S2, "was never published", run);
    } else if (timeline.publishes.failed.containsKey(id)) {
      found(Kind.PHANTOM, Clause.P3, "was told not to be stored", run);
    } else if (timeline.publishes.changed(id, run.start.digest())) {
      found(Kind.CHANGED, Clause.D1, "is not what was published", run);
    }
  }

  private void found(Kind kind, Clause clause, String what, Run run) {
    findings.add(kind, clause, run.start.event() + " " + what, run);
  }

  private void checkLost(GroupId group, Map<String, Tracked> events) {
    for (PublishOk stored : timeline.publishes.ok.values()) {
      if (!stored.event().topic().equals(group.topic())) {
        continue;
      }
      @Nullable Tracked event = events.get(stored.event().id());
      if (event == null || (!event.settled() && !awaitsDeadLetter(event))) {
        lost(stored, event == null ? new Tracked(group, stored.event()) : event);
      }
    }
  }

  /** Told by {@link DeadLetterCheck}, or not to be seen at all. */
  private boolean awaitsDeadLetter(Tracked event) {
    @Nullable Run last = event.lastRun();
    return last != null
        && expectations.exhausted() != Exhausted.HOLD
        && (last.rejected() || (last.failed() && last.attempt() >= expectations.maxAttempts()));
  }

  private void lost(PublishOk stored, Tracked event) {
    List<HistoryEvent> evidence = new ArrayList<>(List.of(stored));
    event.runs.forEach(run -> evidence.addAll(run.lines()));
    findings.add(
        Kind.LOST,
        attribution.lost(event),
        "%s was never settled in group %s".formatted(stored.event(), event.group.name()),
        evidence);
  }
}
