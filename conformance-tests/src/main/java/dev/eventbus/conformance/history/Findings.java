package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what checks find: all are counted, the first of each kind are kept. */
final class Findings {

  private static final int KEPT_OF_A_KIND = 20;

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<Finding> kept = new ArrayList<>();

  void add(Kind kind, Clause clause, String text, List<? extends HistoryEvent> evidence) {
    if (counts.merge(kind, 1, Integer::sum) <= KEPT_OF_A_KIND) {
      List<HistoryEvent> byTime = new ArrayList<>(evidence);
      byTime.sort(HistoryReader.BY_TIME);
      kept.add(new Finding(kind, clause, text, byTime));
    }
  }

  void add(Kind kind, Clause clause, String text, Run... runs) {
    var lines = new ArrayList<HistoryEvent>();
    for (Run run : runs) {
      lines.addAll(run.lines());
    }
    add(kind, clause, text, lines);
  }

  Map<Kind, Integer> counts() {
    return counts;
  }

  List<Finding> kept() {
    kept.sort(Comparator.comparing(Findings::firstNanos));
    return kept;
  }

  private static long firstNanos(Finding finding) {
    return finding.evidence().isEmpty()
        ? Long.MAX_VALUE
        : finding.evidence().get(0).at().nanos();
  }
}
