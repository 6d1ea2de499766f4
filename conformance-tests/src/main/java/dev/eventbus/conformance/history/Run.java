package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One handler run. Before and after are told by places in the history, spans by its clock. */
final class Run {

  final HandlerStarted start;
  final int startSeq;
  final ProcessLife process;

  /** Where it ended: its own line, else its process's death, else never. */
  int endSeq = Integer.MAX_VALUE;

  @Nullable
  HandlerEnded end;

  /** Its member was silent for its lease, for want of a processor or a disk, and lost the lane. */
  boolean silenced;

  Run(HandlerStarted start, int startSeq, ProcessLife process) {
    this.start = start;
    this.startSeq = startSeq;
    this.process = process;
  }

  void ended(HandlerEnded line, int seq) {
    end = line;
    endSeq = seq;
  }

  /** Its process was gone before it ended. */
  void cut(int seq) {
    endSeq = Math.max(seq, startSeq);
  }

  boolean ok() {
    return end != null && end.outcome() == Outcome.OK;
  }

  boolean failed() {
    return end != null && end.outcome() != Outcome.OK;
  }

  boolean rejected() {
    return end != null && end.outcome() == Outcome.REJECTED;
  }

  /** Whether a fault may have kept what became of it from those who start something there. */
  boolean mayBeForgotten(int seq) {
    return silenced || process.faultBetween(startSeq, seq);
  }

  boolean wasCut() {
    return end == null && endSeq != Integer.MAX_VALUE;
  }

  int attempt() {
    return start.attempt();
  }

  long startNanos() {
    return start.at().nanos();
  }

  /** When it ended by its own line; never when it did not. */
  long endNanos() {
    return end == null ? Long.MAX_VALUE : end.at().nanos();
  }

  /** Start and end, for a finding. */
  List<HistoryEvent> lines() {
    return end == null ? List.of(start) : List.of(start, end);
  }
}
