package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import dev.eventbus.conformance.history.HistoryEvent.Discarded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts what is stored and what each group has settled. */
final class SettleCount {

  private final Set<String> stored = new HashSet<>();
  private final Map<String, Set<String>> settledByGroup = new HashMap<>();

  void add(HistoryEvent line) {
    if (line instanceof PublishOk published) {
      stored.add(published.event().id());
    } else if (line instanceof MemberStarted member) {
      settledByGroup.computeIfAbsent(member.group(), group -> new HashSet<>());
    } else if (line instanceof HandlerEnded ended && ended.outcome() == Outcome.OK) {
      settled(ended.group(), ended.event());
    } else if (line instanceof Discarded discarded) {
      settled(discarded.group(), discarded.event());
    } else if (line instanceof DeadLetterSeen letter) {
      settled(letter.group(), letter.event());
    }
  }

  private void settled(String group, EventRef event) {
    settledByGroup.computeIfAbsent(group, any -> new HashSet<>()).add(event.id());
  }

  int settled() {
    return settledByGroup.values().stream().mapToInt(Set::size).sum();
  }

  /** All that is stored while no member has started. */
  int unsettled() {
    if (settledByGroup.isEmpty()) {
      return stored.size();
    }
    int unsettled = 0;
    for (Set<String> settled : settledByGroup.values()) {
      for (String id : stored) {
        unsettled += settled.contains(id) ? 0 : 1;
      }
    }
    return unsettled;
  }
}
