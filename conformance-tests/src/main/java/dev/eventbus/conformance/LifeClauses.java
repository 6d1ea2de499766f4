package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimThrows;

import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Health;
import dev.eventbus.Settings;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionState;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** L1, L3–L5: beginning and end. */
public interface LifeClauses extends Conformance {

  /** L1. */
  @Test
  @Proves({Clause.L1, Clause.A1})
  default void l1_closeDrainsAndHandsOverAtOnce() {
    Duration handOver = Duration.ofSeconds(2);
    Workload workload = bench().workload(bench().options().withLease(Duration.ofSeconds(30)));
    LocalMember leaving = workload.local("m1");
    Loads.publish(workload, 64, 16, HandlerScript.slow(Duration.ofMillis(150)));
    workload.awaitPublished();
    workload.local("m2");
    Loads.awaitSettled(workload, Clause.L1, 16);
    leaving.close();
    long closed = System.nanoTime();
    workload.history().refresh();
    claimEqual(
        Clause.L1,
        workload.history().count(HandlerStarted.class, run -> run.at().member().equals("m1")),
        workload.history().count(HandlerEnded.class, run -> run.at().member().equals("m1")),
        "number of runs that ended before close returned");
    Loads.publish(workload, 16, 16, HandlerScript.OK);
    workload.awaitSettled();
    long took = System.nanoTime() - closed;
    claim(
        Clause.L1,
        took < handOver.toNanos(),
        "the other member was done only %d ms after the close".formatted(took / 1_000_000));
    workload.assertClean();
  }

  /** L3. */
  @Test
  @Proves(Clause.L3)
  default void l3_anAbsentBrokerIsAClearError() {
    var leaks = new LeakCheck();
    Map<String, String> absent = bench().broker().absentBroker();
    long start = System.nanoTime();
    DriverException failure =
        claimThrows(Clause.L3, DriverException.class, () -> EventBus.connect(Settings.of(absent)));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    claim(Clause.L3, took.toSeconds() < 6, "it failed after " + took);
    String text = "" + failure.getMessage();
    boolean namesSetting = absent.keySet().stream()
        .filter(name -> !name.equals(Settings.TYPE))
        .anyMatch(text::contains);
    boolean namesAddress = absent.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Settings.TYPE))
        .anyMatch(entry -> text.contains(entry.getValue()));
    claim(Clause.L3, namesSetting, "the error names no setting: " + text);
    claim(Clause.L3, namesAddress, "the error names no address: " + text);
    leaks.assertNothingNew();
  }

  /** L4. */
  @Test
  @Proves(Clause.L4)
  default void l4_nothingRemainsAfterClose() throws InterruptedException {
    var leaks = new LeakCheck();
    String topic = bench().name("l4");
    var handled = new CountDownLatch(20);
    try (EventBus bus = bench().connect()) {
      bus.subscribe(topic, "group", delivery -> handled.countDown());
      bus.subscribeEach(topic, delivery -> {});
      for (int i = 0; i < 20; i++) {
        bus.publish(topic, Event.of("k" + i, "x")).join();
      }
      claim(Clause.L4, handled.await(10, TimeUnit.SECONDS), "nothing was handled");
    }
    leaks.assertNothingNew();
  }

  /** L5. */
  @Test
  @Proves(Clause.L5)
  default void l5_healthTellsOfTheBusAndOfEachSubscription() {
    EventBus bus = bench().connect();
    String topic = bench().name("l5");
    Subscription first = bus.subscribe(topic, "first", delivery -> {});
    Subscription second = bus.subscribe(topic, "second", delivery -> {});
    Health health = bus.health();
    claimEqual(Clause.L5, Health.State.UP, health.state(), "the bus");
    claim(Clause.L5, health.parts().size() >= 2, "it has these parts only: " + health.parts());
    claimEqual(Clause.L5, Health.State.UP, first.health().state(), "the first subscription");
    claimEqual(Clause.L5, Health.State.UP, second.health().state(), "the second subscription");
    first.close();
    claimEqual(Clause.L5, SubscriptionState.CLOSED, first.state(), "the closed one");
    bus.close();
    claim(Clause.L5, bus.health().state() != Health.State.UP, "a closed bus is up");
    claim(Clause.L5, !bus.health().reason().isEmpty(), "a closed bus gives no reason");
  }
}
