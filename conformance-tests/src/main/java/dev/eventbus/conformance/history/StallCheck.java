package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.GaveUp;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import java.util.ArrayList;
import java.util.List;

/** A3, L2: while there is work, a running member and no running handler, something happens. */
final class StallCheck {

  private final Timeline timeline;
  private final Expectations expectations;
  private final Findings findings;
  private final List<MemberLife> started = new ArrayList<>();

  StallCheck(Timeline timeline, Expectations expectations, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.findings = findings;
  }

  void run() {
    int[] active = active();
    int[] unsettled = unsettled();
    for (int seq = 0; seq < timeline.lines.size(); seq++) {
      HistoryEvent line = timeline.lines.get(seq);
      if (line instanceof GaveUp gaveUp) {
        found(seq, gaveUp.why(), List.of(line));
      } else if (seq > 0 && active[seq] == 0 && unsettled[seq] > 0) {
        checkGap(timeline.lines.get(seq - 1), line, seq);
      }
      if (line instanceof MemberStarted member) {
        started.add(timeline.member(member.at()));
      }
    }
  }

  /** For each place, how many handlers ran just before it. */
  private int[] active() {
    var steps = new int[timeline.lines.size() + 2];
    for (Run run : timeline.runs) {
      step(steps, run.startSeq, run.endSeq);
    }
    return sums(steps);
  }

  /** For each place, how many stored events were not settled in a group just before it. */
  private int[] unsettled() {
    var steps = new int[timeline.lines.size() + 2];
    timeline.groups.forEach((group, events) -> timeline.publishes.ok.forEach((id, stored) -> {
      if (stored.event().topic().equals(group.topic())) {
        Tracked event = events.get(id);
        int settled = event == null ? ProcessLife.NEVER : event.settledSeq();
        step(steps, timeline.publishes.okSeqs.getOrDefault(id, 0), settled);
      }
    }));
    return sums(steps);
  }

  private static void step(int[] steps, int from, int to) {
    if (from < to) {
      steps[from + 1]++;
      steps[Math.min(to, steps.length - 2) + 1]--;
    }
  }

  private static int[] sums(int[] steps) {
    for (int i = 1; i < steps.length; i++) {
      steps[i] += steps[i - 1];
    }
    return steps;
  }

  private void checkGap(HistoryEvent before, HistoryEvent after, int seq) {
    long gap = timeline.outages.calmNanos(before.at().nanos(), after.at().nanos());
    if (gap > expectations.stallLimit().toNanos()
        && started.stream().anyMatch(member -> runsAt(member, seq))) {
      found(seq, "nothing happened for %d ms".formatted(gap / 1_000_000), List.of(before, after));
    }
  }

  private boolean runsAt(MemberLife member, int seq) {
    ProcessLife process = timeline.process(member.pid);
    return process.goneSeq >= seq
        && process.diedSeq >= seq
        && member.closeCalledSeq >= seq
        && !process.suspendedBetween(seq - 1, seq)
        && !member.pausedBetween(seq - 1, seq);
  }

  private void found(int seq, String what, List<HistoryEvent> evidence) {
    Clause clause = timeline.outages.between(0, seq)
        ? Clause.L2
        : timeline.faults.crashesBetween(0, seq) > 0 ? Clause.A3 : Clause.S2;
    findings.add(Kind.STALL, clause, what, evidence);
  }
}
