package dev.eventbus.conformance.history;

import java.util.ArrayList;
import java.util.List;

/** What happened to one process, by places in the history. */
final class ProcessLife {

  static final int NEVER = Integer.MAX_VALUE;

  final long pid;

  /** Where it was killed, halted itself, or was gone with an error. */
  int diedSeq = NEVER;

  /** Where it was no longer there, for whatever reason. */
  int goneSeq = NEVER;

  /** Its last own line. */
  int lastSeq = -1;

  /** Where it was suspended and continued. */
  final List<Span> suspensions = new ArrayList<>();

  ProcessLife(long pid) {
    this.pid = pid;
  }

  /** A part of the history; {@code to} is {@link #NEVER} while it lasts. */
  record Span(int from, int to) {
    boolean touches(int first, int last) {
      return from < last && to > first;
    }
  }

  void died(int seq) {
    diedSeq = Math.min(diedSeq, seq);
    goneSeq = Math.min(goneSeq, seq);
  }

  void gone(int seq, int exitCode) {
    if (exitCode != 0 && diedSeq == NEVER) {
      diedSeq = Math.max(lastSeq, 0);
    }
    goneSeq = Math.min(goneSeq, seq);
  }

  /** It lived at least until its last own line, whatever was announced before. */
  void readToTheEnd() {
    if (diedSeq != NEVER) {
      diedSeq = Math.max(diedSeq, lastSeq);
    }
    if (goneSeq != NEVER) {
      goneSeq = Math.max(goneSeq, lastSeq);
    }
  }

  void suspended(int seq) {
    suspensions.add(new Span(seq, NEVER));
  }

  void continued(int seq) {
    if (!suspensions.isEmpty()) {
      Span open = suspensions.remove(suspensions.size() - 1);
      suspensions.add(new Span(open.from(), seq));
    }
  }

  boolean diedBefore(int seq) {
    return diedSeq < seq;
  }

  boolean diedBetween(int first, int last) {
    return diedSeq >= first && diedSeq < last;
  }

  boolean suspendedBetween(int first, int last) {
    return suspensions.stream().anyMatch(span -> span.touches(first, last));
  }

  boolean suspendedBefore(int seq) {
    return suspendedBetween(-1, seq);
  }

  /** Something that lets what it did before be unknown to others. */
  boolean faultBetween(int first, int last) {
    return diedBetween(first, last) || suspendedBetween(first, last);
  }
}
