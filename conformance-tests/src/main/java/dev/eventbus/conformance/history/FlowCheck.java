package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** F1, F2, L1: what one member holds, and that it starts nothing after a pause or close. */
final class FlowCheck {

  /** From the engine's last look at the pause to the first line of the handler. */
  private static final Duration ENTRY = Duration.ofMillis(50);

  private final Timeline timeline;
  private final Expectations expectations;
  private final Findings findings;

  FlowCheck(Timeline timeline, Expectations expectations, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.findings = findings;
  }

  void run() {
    for (MemberLife member : timeline.members.values()) {
      checkConcurrency(member);
      checkWindow(member);
      checkStarts(member);
    }
  }

  private void checkConcurrency(MemberLife member) {
    var held = new Held();
    member.runs.forEach(run -> held.from(run.startSeq).to(run.endSeq));
    int most = held.most();
    if (most > expectations.concurrency()) {
      findings.add(
          Kind.CONCURRENCY,
          Clause.F1,
          "%s ran %d handlers at once, its concurrency is %d"
              .formatted(member.name, most, expectations.concurrency()));
    }
  }

  /** In handlers, or in backoff under the same owner. */
  private void checkWindow(MemberLife member) {
    var held = new Held();
    Map<String, Run> previous = new HashMap<>();
    for (Run run : member.runs) {
      held.from(run.startSeq).to(run.endSeq);
      @Nullable
      Run before = previous.put(run.start.group() + "/" + run.start.event().id(), run);
      if (before != null && before.failed() && before.start.fence() == run.start.fence()) {
        held.from(before.endSeq).to(run.startSeq);
      }
    }
    int most = held.most();
    if (most > expectations.window()) {
      findings.add(
          Kind.WINDOW,
          Clause.F1,
          "%s held %d events in handlers and backoff, its window is %d"
              .formatted(member.name, most, expectations.window()));
    }
  }

  private void checkStarts(MemberLife member) {
    for (Run run : member.runs) {
      if (run.startSeq > member.closeReturnedSeq) {
        findings.add(Kind.STALE_START, Clause.L1, member.name + " started after its close", run);
      }
      for (ProcessLife.Span pause : member.pauses) {
        if (pause.from() < run.startSeq
            && run.startSeq < pause.to()
            && run.startNanos() - timeline.lines.get(pause.from()).at().nanos() > ENTRY.toNanos()) {
          findings.add(Kind.STALE_START, Clause.F2, member.name + " started while paused", run);
        }
      }
    }
  }

  /** Counts what is held at once; whatever ends where another begins does not overlap it. */
  private static final class Held {
    private final List<Long> points = new ArrayList<>();

    Held from(int seq) {
      points.add(2L * seq + 1);
      return this;
    }

    void to(int seq) {
      points.add(2L * seq);
    }

    int most() {
      Collections.sort(points);
      int now = 0;
      int most = 0;
      for (long point : points) {
        now += (point & 1) == 1 ? 1 : -1;
        most = Math.max(most, now);
      }
      return most;
    }
  }
}
