package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.PublishOptions;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.member.PublisherMain;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** P9: events that are held back. */
public interface DelayClauses extends Conformance {

  /** P9. */
  @Test
  @Proves(Clause.P9)
  @Catches({Saboteur.HALVES_DELAYS, Saboteur.FORGETS_DELAYED})
  default void p9_anEventComesNotEarlierThanAskedAndSoonAfter() {
    Duration late = Duration.ofSeconds(2);
    EventBus bus = delaying();
    String topic = bench().name("p9");
    Map<String, Long> startedAt = new ConcurrentHashMap<>();
    bus.subscribe(
        topic,
        "group",
        delivery -> startedAt.put(delivery.event().text(), System.nanoTime()),
        bench().options());
    for (int millis : List.of(400, 1_000, 2_300)) {
      String name = "after " + millis;
      Duration delay = Duration.ofMillis(millis);
      long called = System.nanoTime();
      bus.publish(topic, Event.of("k" + millis, name), after(delay)).join();
      long confirmed = System.nanoTime();
      claimWithin(delay.plus(Claims.SOON), Clause.P9, name, () -> startedAt.containsKey(name));
      long started = startedAt.getOrDefault(name, 0L);
      claim(
          Clause.P9,
          started - called >= delay.toNanos(),
          "%s came %d ms after its call".formatted(name, (started - called) / 1_000_000));
      claim(
          Clause.P9,
          started - confirmed <= delay.plus(late).toNanos(),
          "%s came %d ms after its confirmation"
              .formatted(name, (started - confirmed) / 1_000_000));
    }
  }

  /** P9. */
  @Test
  @Proves(Clause.P9)
  @Catches(Saboteur.SWAPS_NEIGHBOURS)
  default void p9_anEventTakesItsPlaceInItsKeyWhenItIsDue() {
    EventBus bus = delaying();
    String topic = bench().name("p9");
    bus.publish(topic, Event.of("k", "third"), after(Duration.ofMillis(2_500))).join();
    bus.publish(topic, Event.of("k", "second"), after(Duration.ofSeconds(1))).join();
    bus.publish(topic, Event.of("k", "first")).join();
    List<String> probe = new CopyOnWriteArrayList<>();
    EventBus watcher = bench().connect();
    watcher.subscribe(
        topic, "watch", delivery -> probe.add(delivery.event().text()), bench().options());
    claimWithin(Claims.SOON, Clause.P9, "all three", () -> probe.size() == 3);
    List<String> handled = new CopyOnWriteArrayList<>();
    bus.subscribe(
        topic,
        "group",
        delivery -> handled.add(delivery.event().text()),
        bench().options());
    claimWithin(Claims.SOON, Clause.P9, "all three again", () -> handled.size() == 3);
    claimEqual(Clause.P9, List.of("first", "second", "third"), probe, "as they came");
    claimEqual(Clause.P9, List.of("first", "second", "third"), handled, "as they are stored");
  }

  /** P9. */
  @Test
  @Proves({Clause.P9, Clause.P1})
  default void p9_whatIsHeldBackSurvivesTheDeathOfItsPublisher() {
    delaying();
    Workload workload =
        bench().workload(bench().options(), Map.of(PublisherMain.DELIVER_AFTER, "4s"));
    MemberProcess publisher = workload.publisherProcess("p9");
    workload.await(
        Clause.P9,
        "100 confirmed publishes",
        () -> workload.history().count(PublishOk.class, line -> true) >= 100);
    publisher.kill();
    workload.local("m1");
    workload.awaitSettled();
    workload.history().refresh();
    claimEqual(Clause.P9, 0, workload.history().unsettled(), "number of events that never came");
  }

  /** A bus that can hold events back; the test ends here where the driver says that it cannot. */
  private EventBus delaying() {
    EventBus bus = bench().connect();
    String topic = bench().name("p9-offered");
    Offered.orEnd(
        Clause.P9,
        bus.capabilities(),
        () ->
            bus.publish(topic, Event.of("k", "x"), after(Duration.ofSeconds(1))).join());
    return bus;
  }

  private static PublishOptions after(Duration delay) {
    return PublishOptions.defaults().withDeliverAfter(delay);
  }
}
