package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Expectations.Load;
import dev.eventbus.conformance.history.Finding.Kind;
import java.time.Duration;
import java.util.Map;

/** A3: what was in a handler when its process died starts again within the lease and 5 s. */
final class TakeoverCheck {

  private static final Duration LATENESS = Duration.ofSeconds(5);

  private final Timeline timeline;
  private final Expectations expectations;
  private final Findings findings;

  TakeoverCheck(Timeline timeline, Expectations expectations, Findings findings) {
    this.timeline = timeline;
    this.expectations = expectations;
    this.findings = findings;
  }

  void run() {
    if (expectations.load() != Load.IDLE) {
      return;
    }
    for (Map<String, Tracked> events : timeline.groups.values()) {
      for (Tracked event : events.values()) {
        for (int i = 1; i < event.runs.size(); i++) {
          check(event.runs.get(i - 1), event.runs.get(i));
        }
      }
    }
  }

  private void check(Run cut, Run next) {
    if (!cut.wasCut() || cut.process.diedSeq == ProcessLife.NEVER) {
      return;
    }
    long died = timeline.lines.get(cut.process.diedSeq).at().nanos();
    long gap = timeline.outages.calmNanos(died, next.startNanos());
    if (gap > expectations.lease().plus(LATENESS).toNanos()) {
      findings.add(
          Kind.STALL,
          Clause.A3,
          "%s came again only %d ms after the kill".formatted(next.start.event(), gap / 1_000_000),
          cut,
          next);
    }
  }
}
