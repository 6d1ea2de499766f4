package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** P6: publishing to a broker that dies meanwhile. */
public interface RetriedPublishClauses extends Conformance {

  /** How often the broker is killed. */
  int KILLS = 2;

  /** Longer than a client waits for an answer before it tries again. */
  Duration STANDSTILL = Duration.ofSeconds(4);

  /** P6: what a broker that stood still has taken in is there twice when it was tried again. */
  @Test
  @Proves({Clause.P6, Clause.P2, Clause.O5})
  @Catches({Saboteur.RENAMES_RETRIES, Saboteur.PIPELINES_KEYS})
  default void p6_retriesNeitherDuplicateNorOvertake() {
    bench().control(Clause.P6);
    Workload workload = bench().workload(bench().options().withConcurrency(8));
    MemberProcess publisher = workload.publisherProcess("p1");
    for (int i = 0; i < KILLS; i++) {
      awaitMorePublished(workload);
      workload.broker().kill();
      workload.elapse(BrokerFaultClauses.MOMENT);
      workload.broker().bringBack();
    }
    awaitMorePublished(workload);
    workload.broker().pause();
    workload.elapse(STANDSTILL);
    workload.broker().bringBack();
    awaitMorePublished(workload);
    publisher.kill();
    workload.local("m1");
    workload.awaitSettled();
    List<String> stored = readByAnotherGroup(workload);
    claimEqual(Clause.P6, 0, stored.size() - new HashSet<>(stored).size(), "number of duplicates");
    workload.assertClean();
  }

  private static void awaitMorePublished(Workload workload) {
    workload.history().refresh();
    long before = workload.history().count(PublishOk.class, line -> true);
    workload.await(
        Clause.P6,
        "500 more confirmed publishes",
        () -> workload.history().count(PublishOk.class, line -> true) >= before + 500);
  }

  private List<String> readByAnotherGroup(Workload workload) {
    List<String> ids = new CopyOnWriteArrayList<>();
    Subscription counting = workload
        .bus()
        .subscribe(
            workload.spec().topic(),
            "count",
            delivery -> ids.add(delivery.event().id()),
            bench().options());
    claimWithin(
        Duration.ofSeconds(30),
        Clause.P6,
        "all to be counted",
        () -> counting.lag().stream().allMatch(lane -> lane.events() == 0));
    counting.close();
    return ids;
  }

  /** P6 too, but only what a broker without faults shows. */
  @Test
  default void p6_equalEventsAreTwo() {
    EventBus bus = bench().connect();
    String topic = bench().name("p6");
    List<String> handled = new CopyOnWriteArrayList<>();
    bus.publish(topic, Event.of("k", "same")).join();
    bus.publish(topic, Event.of("k", "same")).join();
    bus.publish(topic, Event.of("k", "last")).join();
    bus.subscribe(
        topic,
        "group",
        delivery -> handled.add(delivery.event().text()),
        bench().options());
    claimWithin(Claims.SOON, Clause.P6, "the last one", () -> handled.contains("last"));
    claimEqual(Clause.P6, List.of("same", "same", "last"), handled, "what was handled");
  }
}
