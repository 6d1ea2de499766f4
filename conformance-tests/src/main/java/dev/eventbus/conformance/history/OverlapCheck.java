package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** O1: never two handlers of one key, or of one event, at once in a group. */
final class OverlapCheck {

  private final Timeline timeline;
  private final Attribution attribution;
  private final Findings findings;

  OverlapCheck(Timeline timeline, Attribution attribution, Findings findings) {
    this.timeline = timeline;
    this.attribution = attribution;
    this.findings = findings;
  }

  /** What may be in one handler at a time: a key, or an event without one. */
  private record Unit(GroupId group, boolean keyed, String name) {}

  void run() {
    Map<Unit, List<Run>> active = new HashMap<>();
    for (Run run : timeline.runs) {
      List<Run> others = active.computeIfAbsent(unit(run), key -> new ArrayList<>(2));
      for (Iterator<Run> each = others.iterator(); each.hasNext(); ) {
        Run other = each.next();
        if (other.endSeq < run.startSeq) {
          each.remove();
        } else if (!excused(other, run)) {
          findings.add(
              Kind.OVERLAPPING,
              attribution.overlap(other, run),
              "%s started while %s was in a handler"
                  .formatted(run.start.event(), other.start.event()),
              other,
              run);
          each.remove();
        }
      }
      others.add(run);
    }
  }

  private static Unit unit(Run run) {
    EventRef event = run.start.event();
    String key = event.key();
    var group = new GroupId(event.topic(), run.start.group());
    return new Unit(group, key != null, key != null ? key : event.id());
  }

  /** A handler that ran when its process was suspended cannot be called back (O7). */
  private static boolean excused(Run active, Run later) {
    return active.process != later.process
        && (active.silenced || active.process.suspendedBetween(active.startSeq, later.startSeq));
  }
}
