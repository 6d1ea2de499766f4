package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.PublishFailed;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.history.HistoryEvent.PublishUnknown;
import dev.eventbus.conformance.history.Outages.Outage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** L2: members and publishers go on in time when the broker is back. */
final class ReturnCheck {

  private final Timeline timeline;
  private final Findings findings;

  ReturnCheck(Timeline timeline, Findings findings) {
    this.timeline = timeline;
    this.findings = findings;
  }

  void run() {
    for (Outage outage : timeline.outages.all()) {
      int until = recovered(outage);
      if (until < timeline.lines.size()
          && !timeline.outages.between(outage.to() + 1, until)
          && timeline.faults.crashesOfProcessesBetween(outage.from(), until) == 0) {
        timeline.groups.forEach((group, events) -> checkLanes(outage, until, group, events));
      }
    }
    if (!timeline.outages.none()) {
      timeline.lines.forEach(this::checkPublish);
    }
  }

  /** The place at which all must have gone on; beyond the end when the history ends before. */
  private int recovered(Outage outage) {
    int seq = outage.to();
    while (seq < timeline.lines.size()
        && timeline.lines.get(seq).at().nanos() <= outage.recoveredNanos()) {
      seq++;
    }
    return seq;
  }

  private void checkLanes(Outage outage, int until, GroupId group, Map<String, Tracked> events) {
    if (timeline.members.values().stream()
        .noneMatch(member -> group.equals(member.group) && ranAllTheTime(member, outage, until))) {
      return;
    }
    Map<Integer, PublishOk> waiting = new HashMap<>();
    Set<Integer> moving = new HashSet<>();
    for (PublishOk stored : timeline.publishes.ok.values()) {
      if (stored.event().topic().equals(group.topic())) {
        @Nullable Tracked event = events.get(stored.event().id());
        if (event != null && movedBetween(event, outage.to(), until)) {
          moving.add(stored.lane());
        } else if (waits(stored, event, outage.to(), until)) {
          waiting.putIfAbsent(stored.lane(), stored);
        }
      }
    }
    waiting.keySet().removeAll(moving);
    waiting.forEach((lane, stored) -> findings.add(
        Kind.STALL,
        Clause.L2,
        "lane %d of group %s started nothing within %d s of the broker's return"
            .formatted(lane, group.name(), Outages.RECOVERY.toSeconds()),
        List.of(stored, timeline.lines.get(outage.to()))));
  }

  private boolean ranAllTheTime(MemberLife member, Outage outage, int until) {
    ProcessLife process = timeline.process(member.pid);
    return member.startedSeq < outage.to()
        && member.closeCalledSeq > until
        && process.goneSeq > until
        && !member.pausedBetween(outage.to(), until);
  }

  /** In a handler or a backoff, or started since the broker's return. */
  private static boolean movedBetween(Tracked event, int back, int until) {
    @Nullable Run last = event.lastRunBefore(until);
    return last != null && (last.startSeq > back || last.endSeq >= until || last.failed());
  }

  private boolean waits(PublishOk stored, @Nullable Tracked event, int back, int until) {
    return timeline.publishes.okSeqs.getOrDefault(stored.event().id(), 0) < back
        && (event == null || event.settledSeq() > until);
  }

  private void checkPublish(HistoryEvent line) {
    EventRef event = line instanceof PublishUnknown unknown
        ? unknown.event()
        : line instanceof PublishFailed failed ? failed.event() : null;
    HistoryEvent called = event == null ? null : timeline.publishes.called.get(event.id());
    if (called == null) {
      return;
    }
    long from = called.at().nanos();
    long to = line.at().nanos();
    boolean afterOutage = timeline.outages.all().get(0).fromNanos() < from;
    if (afterOutage && timeline.outages.calmNanos(from, to) == to - from) {
      findings.add(
          Kind.STALL,
          Clause.L2,
          event + " was not stored though the broker was back",
          List.of(called, line));
    }
  }
}
