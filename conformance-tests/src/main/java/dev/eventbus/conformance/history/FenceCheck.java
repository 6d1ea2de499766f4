package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** O7, O8: each owner of a lane has a higher fence, and a former one starts nothing. */
final class FenceCheck {

  private final Timeline timeline;
  private final Findings findings;

  FenceCheck(Timeline timeline, Findings findings) {
    this.timeline = timeline;
    this.findings = findings;
  }

  private record Lane(GroupId group, int number) {}

  void run() {
    Map<Lane, Run> owners = new HashMap<>();
    for (Run run : timeline.runs) {
      var group = new GroupId(run.start.event().topic(), run.start.group());
      var lane = new Lane(group, run.start.lane());
      @Nullable Run owner = owners.get(lane);
      if (owner == null || run.start.fence() > owner.start.fence()) {
        owners.put(lane, run);
      } else if (run.start.fence() < owner.start.fence()) {
        findings.add(
            Kind.STALE_START,
            run.process.suspendedBefore(run.startSeq) ? Clause.O7 : Clause.O8,
            "a former owner of lane %d started %s".formatted(lane.number, run.start.event()),
            owner,
            run);
      } else if (timeline.member(owner.start.at()) != timeline.member(run.start.at())) {
        findings.add(
            Kind.FENCE,
            Clause.O8,
            "two owners of lane %d have the fence %d".formatted(lane.number, run.start.fence()),
            owner,
            run);
      }
    }
  }
}
