package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.LaneLost;
import dev.eventbus.conformance.history.HistoryEvent.MemberCall;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import dev.eventbus.conformance.history.HistoryEvent.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one member of a process was called to do, by places in the history. */
final class MemberLife {

  /** Why a lane is lost that was handed over in good order. */
  static final String HANDED_OVER = "released";

  private record LaneId(String topic, String group, int number) {}

  private record Loss(int seq, boolean handedOver) {}

  private final Map<LaneId, List<Loss>> losses = new HashMap<>();
  final String name;
  final long pid;
  final List<Run> runs = new ArrayList<>();
  final List<ProcessLife.Span> pauses = new ArrayList<>();
  HandlerKind handlers = HandlerKind.BLOCKING;

  /** What it subscribed to; null before it has. */
  @Nullable
  GroupId group;

  int startedSeq = ProcessLife.NEVER;
  int closeCalledSeq = ProcessLife.NEVER;
  int closeReturnedSeq = ProcessLife.NEVER;

  MemberLife(String name, long pid) {
    this.name = name;
    this.pid = pid;
  }

  void started(MemberStarted line, int seq) {
    handlers = line.handlers();
    group = new GroupId(line.topic(), line.group());
    startedSeq = Math.min(startedSeq, seq);
  }

  void called(MemberCall line, int seq) {
    boolean returned = line.phase() == Phase.RETURNED;
    switch (line.call()) {
      case PAUSE -> {
        if (returned) {
          pauses.add(new ProcessLife.Span(seq, ProcessLife.NEVER));
        }
      }
      case RESUME -> {
        if (!returned && !pauses.isEmpty()) {
          var open = pauses.remove(pauses.size() - 1);
          pauses.add(new ProcessLife.Span(open.from(), seq));
        }
      }
      case CLOSE -> {
        if (returned) {
          closeReturnedSeq = seq;
        } else {
          closeCalledSeq = seq;
        }
      }
    }
  }

  void lost(LaneLost line, int seq) {
    boolean handedOver = line.why().equals(HANDED_OVER);
    losses
        .computeIfAbsent(
            new LaneId(line.topic(), line.group(), line.lane()), any -> new ArrayList<>())
        .add(new Loss(seq, handedOver));
  }

  /** Whether the ownership under which a run was started ended without a hand-over. */
  boolean wasSilenced(Run run) {
    String topic = run.start.event().topic();
    return losses
        .getOrDefault(new LaneId(topic, run.start.group(), run.start.lane()), List.of())
        .stream()
        .filter(loss -> loss.seq > run.startSeq)
        .findFirst()
        .map(loss -> !loss.handedOver)
        .orElse(false);
  }

  boolean pausedBetween(int first, int last) {
    return pauses.stream().anyMatch(span -> span.touches(first, last));
  }
}
