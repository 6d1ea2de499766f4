package dev.eventbus.conformance.history;

import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * O1, O3–O5: an event of a key starts only when those before it are settled, and within one
 * ownership of its lane never after a later one.
 */
final class OrderCheck {

  private final Timeline timeline;
  private final Attribution attribution;
  private final Findings findings;

  OrderCheck(Timeline timeline, Attribution attribution, Findings findings) {
    this.timeline = timeline;
    this.attribution = attribution;
    this.findings = findings;
  }

  void run() {
    timeline.groups.forEach((group, events) -> {
      Map<String, List<Tracked>> byKey = new HashMap<>();
      for (Tracked event : withUnstarted(group, events)) {
        String key = event.event.key();
        if (key != null) {
          byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(event);
        }
      }
      byKey.values().forEach(this::checkKey);
    });
  }

  /** The group's events, with those that are stored and that it never saw. */
  private List<Tracked> withUnstarted(GroupId group, Map<String, Tracked> seen) {
    var all = new ArrayList<>(seen.values());
    for (HistoryEvent.PublishOk stored : timeline.publishes.ok.values()) {
      if (stored.event().topic().equals(group.topic())
          && !seen.containsKey(stored.event().id())) {
        all.add(new Tracked(group, stored.event()));
      }
    }
    return all;
  }

  private void checkKey(List<Tracked> events) {
    events.sort(Comparator.comparingLong(event -> event.event.number()));
    @Nullable Tracked latest = null;
    for (Tracked event : events) {
      if (latest != null) {
        checkAgainstEarlier(latest, event);
      }
      if (latest == null || event.settledSeq() > latest.settledSeq()) {
        latest = event;
      }
    }
    checkOwnerships(events);
  }

  /** {@code latest} is the last to be settled of all those before {@code event}. */
  private void checkAgainstEarlier(Tracked latest, Tracked event) {
    for (Run run : event.runs) {
      if (run.startSeq >= latest.settledSeq()) {
        return;
      }
      @Nullable Run prior = latest.lastRunBefore(run.startSeq);
      var evidence = new ArrayList<HistoryEvent>(run.lines());
      if (prior != null) {
        evidence.addAll(prior.lines());
      }
      Clause clause = attribution.order(prior, run);
      if (prior != null && prior.failed() && latest.givenUp()) {
        clause = Clause.R3;
      }
      findings.add(
          Kind.OUT_OF_ORDER,
          clause,
          "%s started while %s before it was not settled".formatted(event.event, latest.event),
          evidence);
    }
  }

  private record Ownership(long pid, int lane, long fence) {}

  private void checkOwnerships(List<Tracked> events) {
    Map<Ownership, Run> newest = new HashMap<>();
    Map<String, Tracked> byId = new HashMap<>();
    var runs = new ArrayList<Run>();
    for (Tracked event : events) {
      byId.put(event.event.id(), event);
      runs.addAll(event.runs);
    }
    runs.sort(Comparator.comparingInt(run -> run.startSeq));
    for (Run run : runs) {
      var owner = new Ownership(run.process.pid, run.start.lane(), run.start.fence());
      @Nullable Run before = newest.put(owner, run);
      if (before != null) {
        checkStep(before, run, byId);
      }
    }
  }

  private void checkStep(Run before, Run run, Map<String, Tracked> byId) {
    EventRef earlier = before.start.event();
    EventRef later = run.start.event();
    if (later.number() < earlier.number()) {
      findings.add(
          Kind.OUT_OF_ORDER,
          attribution.order(before, run),
          "%s started after %s under one owner".formatted(later, earlier),
          before,
          run);
      return;
    }
    @Nullable Tracked tracked = byId.get(earlier.id());
    if (tracked == null || before.ok() || later.number() == earlier.number()) {
      return;
    }
    boolean reopened = tracked.settledSeq() < before.startSeq;
    if (reopened && !tracked.givenUpBetween(before.startSeq, run.startSeq)) {
      findings.add(
          Kind.OUT_OF_ORDER,
          attribution.order(before, run),
          "%s started while %s, redelivered, was not settled again".formatted(later, earlier),
          before,
          run);
    }
  }
}
