package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import dev.eventbus.conformance.history.HistoryEvent.DeadLettered;
import dev.eventbus.conformance.history.HistoryEvent.Discarded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.HistoryEvent.LaneLost;
import dev.eventbus.conformance.history.HistoryEvent.MemberCall;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import dev.eventbus.conformance.history.HistoryEvent.ProcessContinued;
import dev.eventbus.conformance.history.HistoryEvent.ProcessGone;
import dev.eventbus.conformance.history.HistoryEvent.ProcessHalts;
import dev.eventbus.conformance.history.HistoryEvent.ProcessKilled;
import dev.eventbus.conformance.history.HistoryEvent.ProcessSuspended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history, read once into what the checks ask for. Places are indexes into {@link #lines}. */
final class Timeline {

  final List<HistoryEvent> lines;
  final PublishLog publishes = new PublishLog();
  final List<Run> runs = new ArrayList<>();
  final Map<Long, ProcessLife> processes = new LinkedHashMap<>();
  final Map<GroupId, Map<String, Tracked>> groups = new LinkedHashMap<>();
  final Map<String, MemberLife> members = new HashMap<>();
  final Set<String> poison = new LinkedHashSet<>();
  final Faults faults = new Faults();
  final Outages outages = new Outages();

  private final Map<RunKey, Run> open = new HashMap<>();

  private record RunKey(long pid, String member, long run) {}

  Timeline(List<HistoryEvent> history) {
    var sorted = new ArrayList<>(history);
    sorted.sort(HistoryReader.BY_TIME);
    this.lines = sorted;
    for (int seq = 0; seq < sorted.size(); seq++) {
      read(sorted.get(seq), seq);
    }
    processes.values().forEach(ProcessLife::readToTheEnd);
    open.values().stream()
        .filter(run -> run.process.goneSeq != ProcessLife.NEVER)
        .forEach(run -> run.cut(Math.min(run.process.diedSeq, run.process.goneSeq)));
    for (Run run : runs) {
      run.silenced = member(run.start.at()).wasSilenced(run);
    }
    faults.freeze(processes.values());
  }

  ProcessLife process(long pid) {
    return processes.computeIfAbsent(pid, ProcessLife::new);
  }

  MemberLife member(Stamp at) {
    return members.computeIfAbsent(
        at.member() + "@" + at.pid(), name -> new MemberLife(name, at.pid()));
  }

  private void read(HistoryEvent line, int seq) {
    process(line.at().pid()).lastSeq = seq;
    publishes.read(line, seq);
    if (line instanceof HandlerStarted started) {
      var run = new Run(started, seq, process(started.at().pid()));
      runs.add(run);
      open.put(runKey(started.at(), started.run()), run);
      tracked(started.group(), started.event()).runs.add(run);
      member(started.at()).runs.add(run);
    } else if (line instanceof HandlerEnded ended) {
      Run run = open.remove(runKey(ended.at(), ended.run()));
      if (run != null) {
        run.ended(ended, seq);
      }
    } else if (line instanceof DeadLettered dead) {
      tracked(dead.group(), dead.event()).givenUpSeqs.add(seq);
    } else if (line instanceof Discarded discarded) {
      tracked(discarded.group(), discarded.event()).givenUpSeqs.add(seq);
    } else if (line instanceof DeadLetterSeen letter) {
      tracked(letter.group(), letter.event()).letterSeen(letter, seq);
    } else {
      readLife(line, seq);
    }
  }

  private void readLife(HistoryEvent line, int seq) {
    if (line instanceof MemberStarted started) {
      groups.computeIfAbsent(
          new GroupId(started.topic(), started.group()), id -> new LinkedHashMap<>());
      member(started.at()).started(started, seq);
    } else if (line instanceof MemberCall call) {
      member(call.at()).called(call, seq);
      faults.memberCall(call, seq);
    } else if (line instanceof LaneLost lost) {
      member(lost.at()).lost(lost, seq);
      faults.laneLost(lost, seq);
    } else if (line instanceof ProcessKilled killed) {
      process(killed.target()).died(seq);
    } else if (line instanceof ProcessHalts halts) {
      process(halts.at().pid()).died(seq);
      poison.add(halts.event().id());
    } else if (line instanceof ProcessGone gone) {
      process(gone.target()).gone(seq, gone.exitCode());
    } else if (line instanceof ProcessSuspended suspended) {
      process(suspended.target()).suspended(seq);
    } else if (line instanceof ProcessContinued continued) {
      process(continued.target()).continued(seq);
    } else if (line instanceof BrokerFault fault) {
      outages.read(fault, seq);
    }
  }

  private Tracked tracked(String group, EventRef event) {
    var id = new GroupId(event.topic(), group);
    return groups
        .computeIfAbsent(id, key -> new LinkedHashMap<>())
        .computeIfAbsent(event.id(), key -> new Tracked(id, event));
  }

  private static RunKey runKey(Stamp at, long run) {
    return new RunKey(at.pid(), at.member(), run);
  }
}
