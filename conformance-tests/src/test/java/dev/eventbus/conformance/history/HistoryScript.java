package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.HistoryEvent.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a history by hand: one group {@code g} of topic {@code t}, a member is its process. */
final class HistoryScript {

  static final String GROUP = "g";
  static final String TOPIC = "t";

  private final List<HistoryEvent> lines = new ArrayList<>();
  private final Map<String, Integer> fences = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private long nowMillis = 1;
  private long runs;
  private int positions;

  List<HistoryEvent> lines() {
    return lines;
  }

  HistoryScript after(long millis) {
    nowMillis += millis;
    return this;
  }

  Stamp at(String member) {
    return new Stamp(member, pid(member), nowMillis * 1_000_000, nowMillis);
  }

  static long pid(String member) {
    return Math.abs((long) member.hashCode());
  }

  static EventRef event(String key, long number) {
    return new EventRef(TOPIC, key, number, key + "-" + number);
  }

  HistoryScript add(HistoryEvent line) {
    lines.add(line);
    return this;
  }

  HistoryScript publish(String key, long from, long to) {
    for (long number = from; number <= to; number++) {
      add(new HistoryEvent.PublishCalled(at("p"), event(key, number), 7));
      add(new HistoryEvent.PublishOk(at("p"), event(key, number), 0, "" + ++positions));
    }
    return this;
  }

  HistoryScript member(String name) {
    return member(name, HandlerKind.BLOCKING);
  }

  HistoryScript member(String name, HandlerKind handlers) {
    return add(new HistoryEvent.MemberStarted(at(name), TOPIC, GROUP, handlers));
  }

  /** The member takes lane 0, with a higher fence. */
  HistoryScript owns(String member) {
    fences.put(member, fences.values().stream().mapToInt(i -> i).max().orElse(0) + 1);
    return this;
  }

  HandlerStarted start(String member, String key, long number) {
    int attempt = attempts.merge(key + "-" + number, 1, Integer::sum);
    return start(member, key, number, attempt);
  }

  HandlerStarted start(String member, String key, long number, int attempt) {
    attempts.put(key + "-" + number, attempt);
    var start = new HandlerStarted(
        at(member),
        GROUP,
        event(key, number),
        ++runs,
        attempt,
        0,
        fences.computeIfAbsent(member, any -> 1),
        attempt > 1,
        7);
    lines.add(start);
    return start;
  }

  HistoryScript end(HandlerStarted run) {
    return end(run, Outcome.OK);
  }

  HistoryScript end(HandlerStarted run, Outcome outcome) {
    return add(new HandlerEnded(
        at(run.at().member()), run.group(), run.event(), run.run(), outcome, 0, "" + outcome));
  }

  HistoryScript handle(String member, String key, long from, long to) {
    for (long number = from; number <= to; number++) {
      end(start(member, key, number, 1));
    }
    return this;
  }

  /** Fails attempts of an event, each a whole backoff after the one before. */
  HistoryScript fail(String member, String key, long number, int fromAttempt, int toAttempt) {
    for (int attempt = fromAttempt; attempt <= toAttempt; attempt++) {
      end(start(member, key, number, attempt), Outcome.FAILED);
      after(1000);
    }
    return this;
  }

  HistoryScript deadLettered(String member, String key, long number) {
    return add(new HistoryEvent.DeadLettered(at(member), GROUP, event(key, number), "exhausted"));
  }

  HistoryScript letter(String key, long number, int attempts) {
    return letter(key, number, "exhausted", attempts, 7);
  }

  HistoryScript letter(String key, long number, String reason, int attempts, long digest) {
    return add(new HistoryEvent.DeadLetterSeen(
        at("reader"), GROUP, event(key, number), reason, attempts, digest));
  }

  HistoryScript kill(String member) {
    return add(new HistoryEvent.ProcessKilled(at("test"), pid(member)));
  }

  HistoryScript halts(String member, String key, long number) {
    return add(new HistoryEvent.ProcessHalts(at(member), event(key, number)));
  }

  HistoryScript laneLost(String member, String why) {
    return add(new HistoryEvent.LaneLost(at(member), TOPIC, GROUP, 0, why));
  }

  HistoryScript suspend(String member) {
    return add(new HistoryEvent.ProcessSuspended(at("test"), pid(member)));
  }

  HistoryScript proceed(String member) {
    return add(new HistoryEvent.ProcessContinued(at("test"), pid(member)));
  }

  HistoryScript broker(BrokerEvent what) {
    return add(new BrokerFault(at("test"), what, ""));
  }

  HistoryScript publishUnknown(String key, long number) {
    add(new HistoryEvent.PublishCalled(at("p"), event(key, number), 7));
    return after(10_000).add(new HistoryEvent.PublishUnknown(at("p"), event(key, number), "late"));
  }

  HistoryScript call(String member, Call call) {
    add(new HistoryEvent.MemberCall(at(member), call, Phase.CALLED));
    return add(new HistoryEvent.MemberCall(at(member), call, Phase.RETURNED));
  }

  HistoryScript forget(String key, long number) {
    attempts.remove(key + "-" + number);
    return this;
  }
}
