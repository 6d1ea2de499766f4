package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Health;
import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.BrokerFixture.Counts;
import dev.eventbus.conformance.BrokerFixture.Retention;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.history.HistoryEvent.Trimmed;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.workload.Workload;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.TopicInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** S1–S6, S8: who gets which events. */
public interface GroupClauses extends Conformance {

  /** S1. */
  @Test
  @Proves(Clause.S1)
  default void s1_everyGroupGetsEveryEvent() {
    Workload workload = bench().workload(bench().options());
    workload.local("a1", spec -> spec.withGroup("a"));
    Loads.publish(workload, 40, 8, HandlerScript.OK);
    workload.local("b1", spec -> spec.withGroup("b"));
    workload.local("c1", spec -> spec.withGroup("c"));
    Loads.publish(workload, 40, 8, HandlerScript.OK);
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.S1, 3 * 80, verdict.seen().settled(), "number of settled events");
  }

  /** S2. */
  @Test
  @Proves(Clause.S2)
  default void s2_eachEventIsHandledByOneMember() {
    Workload workload = bench().workload(bench().options());
    for (String name : List.of("m1", "m2", "m3", "m4")) {
      workload.local(name);
    }
    Loads.publish(workload, 400, 60, HandlerScript.OK);
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.S2, 400, verdict.seen().runs(), "number of runs");
  }

  /** S3. */
  @Test
  @Proves(Clause.S3)
  default void s3_aNewGroupStartsWhereItAsks() {
    EventBus bus = bench().connect();
    String topic = bench().name("s3");
    bus.publish(topic, Event.of("k", "first")).join();
    Instant between = nextMillisecond();
    bus.publish(topic, Event.of("k", "second")).join();
    List<String> earliest = handled(bus, topic, "earliest", StartAt.earliest());
    List<String> at = handled(bus, topic, "at", StartAt.at(between));
    List<String> latest = handled(bus, topic, "latest", StartAt.latest());
    bus.publish(topic, Event.of("k", "third")).join();
    claimWithin(Claims.SOON, Clause.S3, "all from the earliest", () -> earliest.size() == 3);
    claimWithin(Claims.SOON, Clause.S3, "all from an instant", () -> at.size() == 2);
    claimWithin(Claims.SOON, Clause.S3, "all from the latest", () -> latest.size() == 1);
    claimEqual(Clause.S3, List.of("first", "second", "third"), earliest, "from the earliest");
    claimEqual(Clause.S3, List.of("second", "third"), at, "from an instant");
    claimEqual(Clause.S3, List.of("third"), latest, "from the latest");
  }

  /** A time that lies between what was stored before and what is stored afterwards. */
  private static Instant nextMillisecond() {
    long before = System.currentTimeMillis();
    Awaitility.await("the clock").until(() -> System.currentTimeMillis() > before + 1);
    return Instant.ofEpochMilli(before + 1);
  }

  private List<String> handled(EventBus bus, String topic, String group, StartAt start) {
    List<String> handled = new CopyOnWriteArrayList<>();
    bus.subscribe(
        topic,
        group,
        delivery -> handled.add(delivery.event().text()),
        bench().options().withStart(start));
    return handled;
  }

  /** S4. */
  @Test
  @Proves(Clause.S4)
  default void s4_eventsWaitForAGroupWithoutMembers() {
    Workload workload = bench().workload(bench().options().withStart(StartAt.latest()));
    LocalMember first = workload.local("m1");
    Loads.publish(workload, 20, 5, HandlerScript.OK);
    workload.awaitSettled();
    first.close();
    Loads.publish(workload, 60, 5, HandlerScript.OK);
    workload.awaitPublished();
    workload.local("m2");
    workload.awaitSettled();
    workload.assertClean();
  }

  /** S5. */
  @Test
  @Proves(Clause.S5)
  default void s5_nothingIsMissedOnceSubscribeHasReturned() {
    EventBus publisher = bench().connect();
    EventBus bus = bench().connect();
    String topic = bench().name("s5");
    for (int i = 0; i < 12; i++) {
      List<String> handled = handled(bus, topic, "group-" + i, StartAt.latest());
      String payload = "event " + i;
      publisher.publish(topic, Event.of("k" + i, payload)).join();
      claimWithin(Claims.SOON, Clause.S5, payload, () -> !handled.isEmpty());
      claimEqual(Clause.S5, payload, handled.get(0), "the first event");
    }
  }

  /** S6. */
  @Test
  @Proves(Clause.S6)
  default void s6_aBroadcastReachesEachMemberAndLeavesNothing() {
    Workload workload = bench().workload(SubscribeOptions.forBroadcast());
    LocalMember first = workload.local("b1", spec -> spec.withGroup(""));
    LocalMember second = workload.local("b2", spec -> spec.withGroup(""));
    Loads.publish(workload, 60, 10, HandlerScript.OK);
    workload.awaitSettled();
    first.close();
    second.close();
    Driver driver = bench().driver();
    claimEqual(
        Clause.S6, List.of(), driver.admin().groups(workload.spec().topic()), "the groups left");
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.S6, 120, verdict.seen().settled(), "number of settled events");
  }

  /** S8. */
  @Test
  @Proves(Clause.S8)
  default void s8_aGroupIsToldOfWhatRetentionTook() throws Exception {
    Retention retention =
        bench().needs(Clause.S8, bench().broker().retention(), "a way to make events old");
    Workload workload = bench().workload(bench().options());
    String topic = workload.spec().topic();
    LocalMember first = workload.local("m1");
    first.close();
    Loads.publish(workload, 24, 8, HandlerScript.OK);
    workload.awaitPublished();
    Driver driver = bench().driver();
    EventBus trimming = bench().connect(retention.soon());
    retention.take(topic);
    claimWithin(
        Duration.ofSeconds(20),
        Clause.S8,
        "retention to take all",
        () -> driver.admin().topic(topic).map(TopicInfo::events).orElse(-1L) == 0);
    trimming.close();
    LocalMember second = workload.local("m2");
    workload.history().refresh();
    Map<Integer, Long> lost = lostByLane(workload);
    workload.await(
        Clause.S8,
        "a callback for each lane",
        () -> told(workload).keySet().containsAll(lost.keySet()));
    if (retention.counts() == Counts.EXACT) {
      workload.await(
          Clause.S8, "a callback for each event", () -> told(workload).equals(lost));
    } else {
      told(workload)
          .forEach((lane, events) -> claim(
              Clause.S8,
              events >= lost.getOrDefault(lane, 0L) && events <= 24,
              "lane %d lost %s of 24, told were %d".formatted(lane, lost.get(lane), events)));
    }
    long told = told(workload).values().stream().mapToLong(Long::longValue).sum();
    claimEqual(Clause.S8, told, second.subscription().stats().trimmed(), "stats().trimmed()");
    Health health = second.subscription().health();
    claim(
        Clause.S8,
        health.state() == Health.State.DEGRADED && health.reason().matches(".*\\d.* lane \\d+.*"),
        "health says " + health);
    long before = workload.history().settled();
    Loads.publish(workload, 8, 8, HandlerScript.OK);
    Loads.awaitSettled(workload, Clause.S8, (int) before + 8);
  }

  /** What was stored in each lane, all of it taken by now. */
  private static Map<Integer, Long> lostByLane(Workload workload) {
    workload.history().refresh();
    return workload
        .history()
        .lines()
        .filter(PublishOk.class::isInstance)
        .map(PublishOk.class::cast)
        .collect(groupingBy(PublishOk::lane, counting()));
  }

  private static Map<Integer, Long> told(Workload workload) {
    return workload
        .history()
        .lines()
        .filter(Trimmed.class::isInstance)
        .map(Trimmed.class::cast)
        .collect(groupingBy(Trimmed::lane, summingLong(Trimmed::events)));
  }
}
