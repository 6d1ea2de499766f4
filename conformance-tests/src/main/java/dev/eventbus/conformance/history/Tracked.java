package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one event in one group. */
final class Tracked {

  final GroupId group;
  final EventRef event;

  /** Its runs, by start. */
  final List<Run> runs = new ArrayList<>();

  /** Its dead letters as read from their topic, by time. */
  final List<DeadLetterSeen> letters = new ArrayList<>();

  /** Where a member was told that it was dead-lettered or discarded. */
  final List<Integer> givenUpSeqs = new ArrayList<>();

  private int firstLetterSeq = Integer.MAX_VALUE;
  private int settledSeq = -1;

  Tracked(GroupId group, EventRef event) {
    this.group = group;
    this.event = event;
  }

  void letterSeen(DeadLetterSeen letter, int seq) {
    letters.add(letter);
    firstLetterSeq = Math.min(firstLetterSeq, seq);
  }

  boolean givenUp() {
    return !letters.isEmpty() || !givenUpSeqs.isEmpty();
  }

  /** Where it was first settled; {@link Integer#MAX_VALUE} when it was not. */
  int settledSeq() {
    if (settledSeq < 0) {
      settledSeq = Math.min(firstOkSeq(), givenUpSeq());
    }
    return settledSeq;
  }

  boolean settled() {
    return settledSeq() != Integer.MAX_VALUE;
  }

  private int firstOkSeq() {
    return runs.stream()
        .filter(Run::ok)
        .mapToInt(run -> run.endSeq)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /**
   * Where it was given up. A member that died may have stored the dead letter and not lived to say
   * so: then the end of the last run counts.
   */
  private int givenUpSeq() {
    if (!givenUpSeqs.isEmpty()) {
      return givenUpSeqs.get(0);
    }
    if (letters.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    return runs.stream()
        .filter(run -> run.startSeq < firstLetterSeq)
        .mapToInt(run -> run.endSeq)
        .max()
        .orElse(firstLetterSeq);
  }

  @Nullable
  Run lastRun() {
    return runs.isEmpty() ? null : runs.get(runs.size() - 1);
  }

  /** The last run that started before a place. */
  @Nullable
  Run lastRunBefore(int seq) {
    Run last = null;
    for (Run run : runs) {
      if (run.startSeq < seq) {
        last = run;
      }
    }
    return last;
  }

  /** Whether it was given up between two places. */
  boolean givenUpBetween(int first, int last) {
    return givenUpSeqs.stream().anyMatch(seq -> seq > first && seq < last)
        || (givenUpSeqs.isEmpty() && firstLetterSeq > first && firstLetterSeq < last);
  }

  int highestAttempt() {
    return runs.stream().mapToInt(Run::attempt).max().orElse(0);
  }
}
