package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimStays;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Health;
import dev.eventbus.Profile;
import dev.eventbus.PublishOptions;
import dev.eventbus.StartAt;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionStats;
import dev.eventbus.conformance.history.HistoryEvent.DeadLettered;
import dev.eventbus.conformance.history.HistoryEvent.Discarded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.workload.Workload;
import dev.eventbus.spi.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** C1–C4: the realtime profile, where the broker has one. */
public interface RealtimeClauses extends Conformance {

  /** C1. */
  @Test
  @Proves({Clause.C1, Clause.R1})
  default void c1_aFailureIsTriedAgainInTheProcessAndThenDropped() {
    Workload workload = bench().workload(bench().options(), realtime(Clause.C1));
    LocalMember member = workload.local("m1");
    workload.publish("k", HandlerScript.FAIL);
    workload.publish("k", HandlerScript.REJECT);
    workload.publish("k", HandlerScript.failTimes(1));
    workload.await(
        Clause.C1,
        "two events to be dropped and one to succeed",
        () -> workload.history().count(Discarded.class, line -> true) == 2
            && Loads.starts(workload, "k", 3).size() == 2);
    claimEqual(
        Clause.C1,
        List.of(1, 2, 3),
        Loads.starts(workload, "k", 1).stream().map(HandlerStarted::attempt).toList(),
        "the attempts of the event that always fails");
    claimEqual(Clause.C1, 1, Loads.starts(workload, "k", 2).size(), "runs of the rejected event");
    SubscriptionStats stats = member.subscription().stats();
    claimEqual(Clause.C1, 2L, stats.discarded(), "stats().discarded()");
    claimEqual(Clause.C1, 0L, stats.deadLettered(), "stats().deadLettered()");
    claimEqual(
        Clause.C1, 0L, workload.history().count(DeadLettered.class, line -> true), "dead letters");
  }

  /** C1. */
  @Test
  @Proves(Clause.C1)
  default void c1_aCrashLosesWhatItHeld() {
    Workload workload = bench().workload(bench().options(), realtime(Clause.C1));
    MemberProcess process = workload.begin("m1").awaitReady();
    workload.publish("held", HandlerScript.HANG);
    workload.publish("held", HandlerScript.OK);
    Loads.awaitBusy(workload, Clause.C1, process);
    process.kill();
    workload.local("m2");
    workload.publish("later", HandlerScript.OK);
    workload.await(
        Clause.C1, "a later event", () -> Loads.starts(workload, "later", 1).size() == 1);
    claimStays(Clause.C1, "what the dead member held does not come again", () -> {
      workload.history().refresh();
      return Loads.starts(workload, "held", 1).size() == 1
          && Loads.starts(workload, "held", 2).isEmpty();
    });
  }

  /** C2. */
  @Test
  @Proves(Clause.C2)
  default void c2_aGroupSharesAndKeepsThePublishersOrderWithinAMember() {
    int events = 900;
    Map<String, String> realtime = realtime(Clause.C2);
    String topic = bench().name("c2");
    Map<String, List<Integer>> ofMemberAndKey = new ConcurrentHashMap<>();
    Map<String, LongAdder> ofMember = new ConcurrentHashMap<>();
    List<Integer> ofAnotherGroup = new CopyOnWriteArrayList<>();
    for (String name : List.of("m1", "m2", "m3")) {
      bench().connect(realtime).subscribe(topic, "group", delivery -> {
        String key = name + "/" + delivery.event().key();
        int number = Integer.parseInt(delivery.event().text());
        ofMemberAndKey.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(number);
        ofMember.computeIfAbsent(name, any -> new LongAdder()).increment();
      });
    }
    bench()
        .connect(realtime)
        .subscribe(
            topic,
            "another",
            delivery -> ofAnotherGroup.add(Integer.parseInt(delivery.event().text())));
    EventBus publisher = bench().connect(realtime);
    for (int i = 0; i < events; i++) {
      publisher.publish(topic, Event.of("k" + i % 15, "" + i)).join();
    }
    claimWithin(
        Claims.SOON, Clause.C2, "all events in the group", () -> handled(ofMember) >= events);
    claimWithin(
        Claims.SOON, Clause.C2, "all in another group", () -> ofAnotherGroup.size() >= events);
    claimStays(Clause.C2, "none comes twice", () -> handled(ofMember) == events);
    claimEqual(
        Clause.C2,
        (long) events,
        ofMemberAndKey.values().stream().flatMap(List::stream).distinct().count(),
        "number of different events");
    claimEqual(Clause.C2, 3, ofMember.size(), "number of members that got any");
    ofMemberAndKey.forEach((key, numbers) -> claim(
        Clause.C2,
        numbers.equals(numbers.stream().sorted().toList()),
        key + " saw another order: " + numbers));
  }

  private static long handled(Map<String, LongAdder> ofMember) {
    return ofMember.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** C3. */
  @Test
  @Proves({Clause.C3, Clause.F3})
  default void c3_whatASlowConsumerDropsIsCountedAndShown() {
    Map<String, String> realtime = realtime(Clause.C3);
    String topic = bench().name("c3");
    var goOn = new CountDownLatch(1);
    var handled = new LongAdder();
    EventBus slow = bench().connect(realtime);
    Subscription subscription = slow.subscribe(topic, "group", delivery -> {
      goOn.await();
      handled.increment();
    });
    try {
      int published = flood(bench().connect(realtime), topic, subscription);
      long dropped = subscription.stats().dropped();
      claim(Clause.C3, dropped > 0, "%d events and none dropped".formatted(published));
      Health health = subscription.health();
      claimEqual(Clause.C3, Health.State.DEGRADED, health.state(), "the subscription's health");
      claim(
          Clause.C3,
          health.reason().contains(topic) && health.reason().matches("(?s).*\\d+ events.*"),
          "health names not topic and count: " + health.reason());
      claimEqual(Clause.C3, Health.State.DEGRADED, slow.health().state(), "the bus's health");
      goOn.countDown();
      claimWithin(
          Claims.SOON.multipliedBy(3),
          Clause.C3,
          "dropped and handled to make up the published",
          () -> subscription.stats().dropped() + handled.sum() >= published);
      claimStays(
          Clause.C3,
          "dropped and handled are the published",
          () -> subscription.stats().dropped() + handled.sum() == published);
    } finally {
      goOn.countDown();
    }
  }

  /** Publishes until something is dropped; answers how many events. */
  private static int flood(EventBus bus, String topic, Subscription subscription) {
    byte[] payload = new byte[16 << 10];
    int most = 40_000;
    int published = 0;
    while (published < most && subscription.stats().dropped() == 0) {
      List<Event> batch = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        batch.add(Event.of("k" + i % 10, payload));
      }
      bus.publishAll(topic, batch).join();
      published += batch.size();
    }
    return published;
  }

  /** C4. */
  @Test
  @Proves(Clause.C4)
  default void c4_aReliableBusSaysSoAndMeetsWhatRequiresIt() {
    EventBus bus = bench().connect();
    claimEqual(Clause.C4, bus.capabilities().profile(), bus.profile(), "the profile");
    claimEqual(Clause.C4, Profile.RELIABLE, bus.profile(), "the profile of the reliable settings");
    List<String> handled = new CopyOnWriteArrayList<>();
    String topic = bench().name("c4");
    bus.subscribe(
        topic,
        "group",
        delivery -> handled.add(delivery.event().text()),
        bench().options().withRequires(Profile.RELIABLE));
    bus.publish(topic, Event.of("k", "x")).join();
    claimWithin(Claims.SOON, Clause.C4, "the event", () -> handled.equals(List.of("x")));
  }

  /** C4. */
  @Test
  @Proves(Clause.C4)
  default void c4_whatARealtimeBusLacksIsRefusedWithAWayOut() {
    Map<String, String> realtime = realtime(Clause.C4);
    EventBus bus = bench().connect(realtime);
    claimEqual(Clause.C4, Profile.REALTIME, bus.profile(), "the profile");
    String driver = bench().broker().driver();
    String topic = bench().name("c4");
    Offered.claimRefused(
        Clause.C4,
        driver,
        "RELIABLE",
        () -> bus.subscribe(
            topic, "group", delivery -> {}, bench().options().withRequires(Profile.RELIABLE)));
    Subscription subscription = bus.subscribe(topic, "group", delivery -> {});
    Offered.claimRefused(Clause.F4, driver, "", subscription::lag);
    var later = PublishOptions.defaults().withDeliverAfter(Duration.ofSeconds(1));
    Offered.claimRefused(
        Clause.P9,
        driver,
        "",
        () -> bus.publish(topic, Event.of("k", "x"), later).join());
    Driver admin = bench().driver(realtime);
    Offered.claimRefused(Clause.S7, driver, "", () -> {
      admin.admin().replay(topic, "group", StartAt.earliest());
      return "moved";
    });
  }

  /** C4. */
  @Test
  @Proves(Clause.C4)
  default void c4_aRealtimeBusWarnsWhenItConnects() {
    Workload workload = bench().workload(bench().options(), realtime(Clause.C4));
    workload.begin("m1").awaitReady();
    claimWithin(
        Claims.SOON,
        Clause.C4,
        "a warning in the log of a process that connects",
        () -> logged(workload.spec().directory()).matches("(?s).*WARN[^\n]*REALTIME.*"));
  }

  private static String logged(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      var text = new StringBuilder();
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        text.append(Files.readString(log));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings of a realtime bus; the test ends here where the broker has no such profile. */
  private Map<String, String> realtime(Clause clause) {
    Map<String, String> settings = bench().broker().realtime().orElse(Map.of());
    if (settings.isEmpty()) {
      try (EventBus bus = bench().connect()) {
        String why = bus.capabilities()
            .notOffered()
            .getOrDefault(clause.name(), "the broker of this test has no realtime profile");
        Assumptions.abort(clause + " has nothing to prove here: " + why);
      }
    }
    return settings;
  }
}
