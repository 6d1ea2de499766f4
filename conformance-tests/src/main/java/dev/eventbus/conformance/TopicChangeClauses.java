package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Health;
import dev.eventbus.Settings;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionState;
import dev.eventbus.conformance.BrokerFixture.NativeTopics;
import dev.eventbus.spi.KeyLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** S9: a topic that changes under a running bus. */
public interface TopicChangeClauses extends Conformance {

  /** How soon a change must be told. */
  Duration TOLD = Duration.ofSeconds(15);

  private NativeTopics topics() {
    return bench()
        .needs(Clause.S9, bench().broker().nativeTopics(), "a way to remove a topic natively");
  }

  /** S9. */
  @Test
  @Proves(Clause.S9)
  default void s9_aDeletedTopicIsTold() throws Exception {
    NativeTopics topics = topics();
    EventBus bus = bench().connect();
    String topic = bench().name("s9");
    Subscription member = bus.subscribe(topic, "group", delivery -> {}, bench().options());
    bus.publish(topic, Event.of("k", "x")).join();
    topics.remove(topic);
    claimTold(member);
  }

  private static void claimTold(Subscription member) {
    claimWithin(
        TOLD,
        Clause.S9,
        "the subscription to fail, or to be down and say why",
        () -> member.state() == SubscriptionState.FAILED
            || member.health().state() == Health.State.DOWN);
    Health health = member.health();
    claim(Clause.S9, !health.reason().isEmpty(), "no reason is given: " + health);
  }

  /** S9. */
  @Test
  @Proves(Clause.S9)
  default void s9_keysDoNotMoveWhenATopicComesBackWithOtherLanes() throws Exception {
    NativeTopics topics = topics();
    EventBus before = bench().connect(Map.of(Settings.LANES, "8"));
    String topic = bench().name("s9");
    Subscription member =
        before.subscribe(topic, "group", delivery -> {}, bench().options());
    before.publish(topic, Event.of("k", "before")).join();
    topics.remove(topic);
    int lanes = 3;
    EventBus after = bench().connect(Map.of(Settings.LANES, "" + lanes));
    after.publish(topic, Event.of("k", "after")).join();

    var late = new ArrayList<CompletableFuture<?>>();
    for (int i = 0; i < 32; i++) {
      late.add(before.publish(topic, Event.of("key-" + i, "late")));
    }
    claimWithin(
        TOLD,
        Clause.S9,
        "each late publish to end",
        () -> late.stream().allMatch(CompletableFuture::isDone));
    long refused =
        late.stream().filter(CompletableFuture::isCompletedExceptionally).count();
    claimEqual(Clause.S9, 32L, refused, "number of refused publishes by another lane count");
    claimTold(member);

    Map<String, Integer> lanesOfKeys = new ConcurrentHashMap<>();
    after.subscribe(
        topic,
        "look",
        delivery -> lanesOfKeys.put("" + delivery.event().key(), delivery.lane()),
        bench().options());
    claimWithin(Claims.SOON, Clause.S9, "the new event", () -> lanesOfKeys.containsKey("k"));
    lanesOfKeys.forEach(
        (key, lane) -> claimEqual(Clause.S9, KeyLane.of(key, lanes), lane, "the lane of " + key));
    claimEqual(Clause.S9, List.of("k"), List.copyOf(lanesOfKeys.keySet()), "the keys");
  }
}
