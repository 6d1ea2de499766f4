package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a checker found.
 *
 * @param seen what the history is made of
 * @param counts how often each kind was found; those at zero are left out
 * @param findings the first of each kind, by time
 */
public record Verdict(Seen seen, Map<Kind, Integer> counts, List<Finding> findings) {

  /**
   * What a history is made of.
   *
   * @param events published events
   * @param keys different keys
   * @param kills processes that died
   * @param suspensions processes that were stopped and continued
   * @param silences lanes lost without a hand-over
   * @param outages times in which the broker was away
   * @param poison events in whose handler a process halted
   * @param runs handler runs
   * @param settled events settled, counted for each group
   * @param deadLettered events with a dead letter
   * @param redelivered settled events that came again as a fault allows
   * @param mostRedelivered of one lane after one fault
   */
  public record Seen(
      int events,
      int keys,
      int kills,
      int suspensions,
      int silences,
      int outages,
      int poison,
      int runs,
      int settled,
      int deadLettered,
      int redelivered,
      int mostRedelivered) {}

  public Verdict {
    counts = Map.copyOf(counts);
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. */
  public boolean clean() {
    return counts.isEmpty();
  }

  /** How often a kind was found. */
  public int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** The clauses that the findings break. */
  public Set<Clause> broken() {
    var broken = EnumSet.noneOf(Clause.class);
    findings.forEach(finding -> broken.add(finding.clause()));
    return broken;
  }

  /** Counts and findings as text. */
  @Override
  public String toString() {
    String header =
        ("%d events of %d keys, %d runs, %d settled, %d dead-lettered, %d kills, %d suspensions, "
                + "%d silences, %d outages, %d redelivered (at most %d of a lane)")
            .formatted(
                seen.events,
                seen.keys,
                seen.runs,
                seen.settled,
                seen.deadLettered,
                seen.kills,
                seen.suspensions,
                seen.silences,
                seen.outages,
                seen.redelivered,
                seen.mostRedelivered);
    if (clean()) {
      return header + ": clean";
    }
    return header
        + ": "
        + counts
        + findings.stream().map(finding -> "\n  " + finding).collect(Collectors.joining());
  }
}
