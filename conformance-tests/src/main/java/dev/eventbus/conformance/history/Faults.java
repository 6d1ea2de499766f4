package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.LaneLost;
import dev.eventbus.conformance.history.HistoryEvent.MemberCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Where faults and departures are, to be counted between two places. */
final class Faults {

  private final List<Integer> closeSeqs = new ArrayList<>();
  private final List<Integer> silenceSeqs = new ArrayList<>();
  private int[] silences = {};
  private int[] deaths = {};
  private int[] suspensions = {};
  private int[] closes = {};

  void memberCall(MemberCall call, int seq) {
    if (call.call() == Call.CLOSE) {
      closeSeqs.add(seq);
    }
  }

  void laneLost(LaneLost lost, int seq) {
    if (!lost.why().equals(MemberLife.HANDED_OVER)) {
      silenceSeqs.add(seq);
    }
  }

  void freeze(Collection<ProcessLife> processes) {
    deaths = processes.stream()
        .mapToInt(process -> process.diedSeq)
        .filter(seq -> seq != ProcessLife.NEVER)
        .sorted()
        .toArray();
    suspensions = processes.stream()
        .flatMap(process -> process.suspensions.stream())
        .mapToInt(ProcessLife.Span::from)
        .sorted()
        .toArray();
    silences = silenceSeqs.stream().mapToInt(Integer::intValue).toArray();
    closes = closeSeqs.stream().mapToInt(Integer::intValue).toArray();
  }

  int deaths() {
    return deaths.length;
  }

  int suspensions() {
    return suspensions.length;
  }

  /** Lanes that were lost without a hand-over. */
  int silences() {
    return silences.length;
  }

  /** Deaths, suspensions and lanes lost in silence, from one place to before another. */
  int crashesBetween(int first, int last) {
    return between(deaths, first, last)
        + between(suspensions, first, last)
        + between(silences, first, last);
  }

  /** Deaths and suspensions, from one place to before another. */
  int crashesOfProcessesBetween(int first, int last) {
    return between(deaths, first, last) + between(suspensions, first, last);
  }

  boolean deathBetween(int first, int last) {
    return between(deaths, first, last) > 0;
  }

  boolean suspensionBetween(int first, int last) {
    return between(suspensions, first, last) > 0;
  }

  boolean closeBetween(int first, int last) {
    return between(closes, first, last) > 0;
  }

  private static int between(int[] sorted, int first, int last) {
    return Math.max(0, place(sorted, last) - place(sorted, first));
  }

  private static int place(int[] sorted, int seq) {
    int found = Arrays.binarySearch(sorted, seq);
    return found >= 0 ? found : -found - 1;
  }
}
