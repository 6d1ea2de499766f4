package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.util.HashMap;
import java.util.Map;

/** A1, A5–A8: a settled event comes again only after a fault, and then few do. */
final class RepeatCheck {

  private final Timeline timeline;
  private final Expectations expectations;
  private final Attribution attribution;
  private final Findings findings;
  private final Map<FaultyLane, Integer> allowed = new HashMap<>();

  RepeatCheck(
      Timeline timeline, Expectations expectations, Attribution attribution, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.attribution = attribution;
    this.findings = findings;
  }

  /** A lane of a process that died or was suspended. */
  private record FaultyLane(GroupId group, int lane, long pid) {}

  void run() {
    for (Map<String, Tracked> events : timeline.groups.values()) {
      events.values().forEach(this::check);
    }
    allowed.forEach((lane, count) -> {
      if (count > expectations.window() * faultsOf(lane)) {
        findings.add(
            Kind.REPEATED,
            Clause.A5,
            "%d settled events of lane %d of %s came again after process %d; the window is %d"
                .formatted(count, lane.lane, lane.group, lane.pid, expectations.window()));
      }
    });
  }

  private int faultsOf(FaultyLane lane) {
    ProcessLife process = timeline.process(lane.pid);
    int deaths = process.diedSeq == ProcessLife.NEVER ? 0 : 1;
    return process.suspensions.size() + deaths + timeline.faults.silences();
  }

  /** Settled events that came again as faults allow. */
  int allowedCount() {
    return allowed.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Of one lane of one process, at most. */
  int mostAllowed() {
    return allowed.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void check(Tracked event) {
    for (int i = 1; i < event.runs.size(); i++) {
      Run again = event.runs.get(i);
      for (Run earlier : event.runs.subList(0, i)) {
        if (!earlier.ok() || earlier.endSeq > again.startSeq) {
          continue;
        }
        if (!excused(earlier, again)) {
          findings.add(
              Kind.REPEATED,
              attribution.repeated(earlier, again),
              "%s was settled and came again".formatted(event.event),
              earlier,
              again);
          break;
        }
      }
      count(event, event.runs.get(i - 1), again);
    }
  }

  /** The last process that settled it is the one that forgot; what comes later is its retry. */
  private void count(Tracked event, Run forgotten, Run again) {
    if (forgotten.ok()
        && forgotten.mayBeForgotten(again.startSeq)
        && !timeline.outages.between(forgotten.startSeq, again.startSeq)) {
      var lane = new FaultyLane(event.group, forgotten.start.lane(), forgotten.process.pid);
      allowed.merge(lane, 1, Integer::sum);
    }
  }

  private boolean excused(Run ok, Run again) {
    return ok.mayBeForgotten(again.startSeq)
        || timeline.outages.mayHaveForgotten(ok, again.startSeq)
        || closedWithoutBroker(ok);
  }

  /** A member that closes while the broker is away has nobody to tell what it settled. */
  private boolean closedWithoutBroker(Run ok) {
    MemberLife member = timeline.member(ok.start.at());
    return member.closeCalledSeq != ProcessLife.NEVER
        && timeline.outages.between(member.closeCalledSeq, member.closeReturnedSeq);
  }
}
