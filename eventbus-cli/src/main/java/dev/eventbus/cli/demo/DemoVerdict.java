package dev.eventbus.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eventbus.cli.Json;
import dev.eventbus.conformance.history.Checker;
import dev.eventbus.conformance.history.Expectations;
import dev.eventbus.conformance.history.Finding;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import dev.eventbus.conformance.history.HistoryEvent.GaveUp;
import dev.eventbus.conformance.history.HistoryEvent.ProcessKilled;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.history.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the recorded history says of a demo.
 *
 * @param plan what should have happened
 * @param checked what the kit's checker found
 * @param kills members killed with -9
 * @param broken what does not hold; empty when all does
 */
record DemoVerdict(DemoPlan plan, Verdict checked, int kills, List<String> broken) {

  private static final int FINDINGS_TOLD = 5;

  static DemoVerdict of(DemoPlan plan, List<HistoryEvent> history) {
    var expectations =
        Expectations.of(DemoTopic.options()).withDeadLettersOf(Set.of(DemoTopic.GROUP));
    Verdict checked = Checker.check(history, expectations);
    int kills = only(history, ProcessKilled.class).size();
    var broken = new ArrayList<String>();
    only(history, GaveUp.class).forEach(line -> broken.add("gave up: " + line.why()));
    int confirmed = only(history, PublishOk.class).size();
    if (confirmed != plan.events()) {
      broken.add("%d of %d events were confirmed".formatted(confirmed, plan.events()));
    }
    long leaders = only(history, BrokerFault.class).stream()
        .filter(fault -> fault.what() == BrokerEvent.KILLED)
        .count();
    long planned = plan.leader() == DemoPlan.Leader.KILLED ? 1 : 0;
    if (kills != 1 || checked.seen().poison() != 1 || leaders != planned) {
      broken.add("not every planned fault happened, or more than those");
    }
    var letters = only(history, DeadLetterSeen.class);
    if (letters.size() != 1 || DemoTopic.number(letters.get(0).event().id()) != plan.poison()) {
      broken.add("the dead letters are not the poison event alone: " + letters);
    }
    checked.findings().stream().limit(FINDINGS_TOLD).map(Finding::toString).forEach(broken::add);
    if (broken.isEmpty() && !checked.clean()) {
      broken.add(checked.counts().toString());
    }
    return new DemoVerdict(plan, checked, kills, List.copyOf(broken));
  }

  boolean holds() {
    return broken.isEmpty();
  }

  /** The verdict in one line. */
  String line() {
    return "%d events · %d keys · %d members · %d kill -9%s · %d poison: "
            .formatted(
                checked.seen().events(),
                checked.seen().keys(),
                DemoPlan.MEMBERS,
                kills,
                plan.leader() == DemoPlan.Leader.KILLED ? " · leader killed" : "",
                checked.seen().poison())
        + "%d lost, %d out of order, %d overlapping, %d dead-lettered, %d repeated"
            .formatted(
                lost(), outOfOrder(), overlapping(), checked.seen().deadLettered(), repeated());
  }

  ObjectNode json() {
    var json = Json.MAPPER.createObjectNode();
    json.put("events", checked.seen().events());
    json.put("keys", checked.seen().keys());
    json.put("kills", kills);
    json.put("poison", checked.seen().poison());
    json.put("lost", lost());
    json.put("outOfOrder", outOfOrder());
    json.put("overlapping", overlapping());
    json.put("deadLettered", checked.seen().deadLettered());
    json.put("repeated", repeated());
    json.put("verdict", holds() ? "holds" : "broken");
    json.put("members", DemoPlan.MEMBERS);
    json.put("seed", plan.seed());
    return json;
  }

  private int lost() {
    return checked.count(Kind.LOST);
  }

  private int outOfOrder() {
    return checked.count(Kind.OUT_OF_ORDER) + checked.count(Kind.STORED_ORDER);
  }

  private int overlapping() {
    return checked.count(Kind.OVERLAPPING);
  }

  /** Allowed or not. */
  private int repeated() {
    return checked.seen().redelivered() + checked.count(Kind.REPEATED);
  }

  private static <T extends HistoryEvent> List<T> only(List<HistoryEvent> history, Class<T> type) {
    return history.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
