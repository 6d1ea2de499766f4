package dev.eventbus.cli.demo;

import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.MemberStarted;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.HistoryEvent.ProcessHalts;
import dev.eventbus.conformance.history.HistoryEvent.ProcessKilled;
import dev.eventbus.conformance.history.HistoryEvent.PublishCalled;
import dev.eventbus.conformance.history.HistoryEvent.PublishFailed;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.history.HistoryEvent.PublishUnknown;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened so far, by the histories; for the eye and the timing, not for the verdict. */
final class Progress {

  private final DemoPlan plan;
  private final Set<String> settled = new HashSet<>();
  private final Map<String, Integer> handledBy = new HashMap<>();
  private final Map<String, Long> pids = new HashMap<>();
  private final Set<Long> dead = new HashSet<>();
  private int published;
  private int confirmed;
  private int answered;
  private int deadLetters;
  private int deaths;

  Progress(DemoPlan plan) {
    this.plan = plan;
  }

  int published() {
    return published;
  }

  /** Whether every publish was answered, well or not, and whatever was confirmed is settled. */
  boolean allSettled() {
    return answered == plan.events() && settled() >= confirmed;
  }

  /** Events handled or dead-lettered, each once. */
  int settled() {
    return settled.size();
  }

  int handledBy(String member) {
    return handledBy.getOrDefault(member, 0);
  }

  boolean isUp(String member) {
    Long pid = pids.get(member);
    return pid != null && !dead.contains(pid);
  }

  int deadLettersSeen() {
    return deadLetters;
  }

  /** Takes a line of a history; answers what it says of a fault, or null. */
  @Nullable
  String take(HistoryEvent line) {
    if (line instanceof PublishCalled) {
      published++;
    } else if (line instanceof PublishOk) {
      confirmed++;
      answered++;
    } else if (line instanceof PublishFailed failed) {
      return notConfirmed(failed.event(), failed.why());
    } else if (line instanceof PublishUnknown unknown) {
      return notConfirmed(unknown.event(), unknown.why());
    } else if (line instanceof HandlerEnded ended) {
      return handled(ended);
    } else if (line instanceof DeadLetterSeen letter) {
      deadLetters++;
      settled.add(letter.event().id());
      return "%s is dead-lettered (%s)".formatted(name(letter.event()), letter.reason());
    } else {
      return lives(line);
    }
    return null;
  }

  private String notConfirmed(EventRef event, String why) {
    answered++;
    return name(event) + " is not confirmed: " + why;
  }

  private @Nullable String handled(HandlerEnded ended) {
    String member = ended.at().member();
    if (ended.outcome() == Outcome.OK) {
      handledBy.merge(member, 1, Integer::sum);
      settled.add(ended.event().id());
      return null;
    }
    return "%s fails in %s and will be tried again".formatted(name(ended.event()), member);
  }

  private @Nullable String lives(HistoryEvent line) {
    String member = line.at().member();
    if (line instanceof MemberStarted started) {
      long pid = started.at().pid();
      return pids.put(member, pid) == null ? null : member + " is back as process " + pid;
    }
    if (line instanceof ProcessHalts halts) {
      dead.add(halts.at().pid());
      deaths++;
      return "%s dies in the handler of the poison event %s (death %d)"
          .formatted(member, name(halts.event()), deaths);
    }
    if (line instanceof BrokerFault fault) {
      return fault.text();
    }
    if (line instanceof ProcessKilled killed) {
      dead.add(killed.target());
      return "kill -9 for " + memberOf(killed.target());
    }
    return null;
  }

  private String memberOf(long pid) {
    return pids.entrySet().stream()
        .filter(entry -> entry.getValue() == pid)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("process " + pid);
  }

  private static String name(EventRef event) {
    return event.key() + "#" + event.number();
  }
}
