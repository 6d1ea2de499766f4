package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.BrokerFixture.Corruption;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** R6: an event that cannot be decoded. */
public interface UndecodableClauses extends Conformance {

  /** R6. */
  @Test
  @Proves(Clause.R6)
  @Catches(Saboteur.SKIPS_UNDECODABLE)
  default void r6_anUndecodableEventIsDeadLetteredAndStopsNothing() throws Exception {
    Corruption corruption = bench()
        .needs(Clause.R6, bench().broker().corruption(), "a way to store what cannot be decoded");
    String topic = bench().name("undecodable");
    EventBus bus = bench().connect(Map.of(Settings.LANES, "1"));
    bus.publish(topic, Event.of("a", "before")).join();
    corruption.store(bus, topic, Event.of("a", "damaged"));
    bus.publish(topic, Event.of("a", "after")).join();

    List<String> handled = new CopyOnWriteArrayList<>();
    List<Event> letters = new CopyOnWriteArrayList<>();
    EventBus plain =
        bench().opened(EventBus.connect(Settings.of(bench().broker().settings())));
    plain.subscribe(
        new DeadLetterTopic(topic, "group").name(),
        "letters",
        delivery -> letters.add(delivery.event()));
    Subscription member = bus.subscribe(
        topic,
        "group",
        delivery -> handled.add(delivery.event().text()),
        bench().options());

    Duration limit = Duration.ofSeconds(10);
    claimWithin(limit, Clause.R6, "the event behind it", () -> handled.contains("after"));
    claimWithin(limit, Clause.R6, "its dead letter", () -> letters.size() == 1);
    claimWithin(limit, Clause.R6, "no lag", () -> lag(member) == 0);
    claimEqual(Clause.R6, List.of("before", "after"), handled, "what was handled");
    Map<String, String> headers = letters.get(0).headers();
    claimEqual(
        Clause.R6,
        "undecodable",
        headers.getOrDefault(DeadLetterHeaders.REASON, ""),
        "header " + DeadLetterHeaders.REASON);
    claimEqual(
        Clause.R6, true, letters.get(0).text().contains("damaged"), "that its raw bytes are kept");
    claimEqual(Clause.R6, 0L, member.stats().failedAttempts(), "number of attempts");
  }

  private static long lag(Subscription member) {
    return member.lag().stream().mapToLong(lane -> lane.events()).sum();
  }
}
