package dev.eventbus.conformance;

import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.workload.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** What many tests publish, wait for and look up. */
final class Loads {

  private Loads() {}

  /** Publishes events round the keys {@code k0}, {@code k1} …, all with the same script. */
  static void publish(Workload workload, int events, int keys, String script) {
    for (int i = 0; i < events; i++) {
      workload.publish("k" + i % keys, script);
    }
  }

  /** Starts processes side by side and waits for all. */
  static List<MemberProcess> processes(Workload workload, String... names) {
    List<MemberProcess> started = Stream.of(names).map(workload::begin).toList();
    started.forEach(MemberProcess::awaitReady);
    return started;
  }

  /** Waits until so many events are settled. */
  static void awaitSettled(Workload workload, Clause clause, int events) {
    workload.await(
        clause, events + " events to be settled", () -> workload.history().settled() >= events);
  }

  /** Waits until members were told of so many dead letters. */
  static void awaitDeadLettered(Workload workload, Clause clause, int events) {
    workload.await(
        clause,
        events + " events to be dead-lettered",
        () -> workload.history().count(HistoryEvent.DeadLettered.class, line -> true) == events);
  }

  /** Waits until a process has a handler that has started and not ended. */
  static void awaitBusy(Workload workload, Clause clause, MemberProcess process) {
    workload.await(clause, process.name() + " to be busy", () -> {
      var running = new HashSet<Long>();
      workload.history().lines().forEach(line -> {
        if (line instanceof HandlerStarted started && started.at().pid() == process.pid()) {
          running.add(started.run());
        } else if (line instanceof HandlerEnded ended && ended.at().pid() == process.pid()) {
          running.remove(ended.run());
        }
      });
      return !running.isEmpty();
    });
  }

  /** The handler starts of a key's event, as read so far. */
  static List<HandlerStarted> starts(Workload workload, String key, long number) {
    return workload
        .history()
        .lines()
        .filter(HandlerStarted.class::isInstance)
        .map(HandlerStarted.class::cast)
        .filter(start -> is(start.event(), key, number))
        .toList();
  }

  private static boolean is(EventRef event, String key, long number) {
    return key.equals(event.key()) && event.number() == number;
  }

  /** The most handlers that ran at once, as read so far. */
  static int mostAtOnce(Workload workload) {
    int now = 0;
    int most = 0;
    for (HistoryEvent line : workload.history().lines().toList()) {
      now += line instanceof HandlerStarted ? 1 : line instanceof HandlerEnded ? -1 : 0;
      most = Math.max(most, now);
    }
    return most;
  }
}
