package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimStays;
import static dev.eventbus.conformance.Claims.claimThrows;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Backoff;
import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.TopicAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** S7: an administrator moves a stopped group. */
public interface ReplayClauses extends Conformance {

  /** S7. */
  @Test
  @Proves({Clause.S7, Clause.O1})
  @Catches({Saboteur.SKIPS_WHAT_IS_REPLAYED, Saboteur.SWAPS_NEIGHBOURS})
  default void s7_toTheEarliestEveryEventComesAgainInOrder() {
    TopicAdmin admin = replaying();
    EventBus bus = bench().connect();
    String topic = bench().name("s7");
    List<String> before = published(bus, topic, "a", 40);
    handledAndStopped(bus, topic, before.size());
    admin.replay(topic, "group", StartAt.earliest());
    claimEqual(Clause.S7, 40L, lag(admin, topic), "the lag of the moved group");
    claimEqual(Clause.S7, before, sorted(handledAndStopped(bus, topic, 40)), "what came again");
    claimEqual(Clause.S7, 0L, lag(admin, topic), "the lag at the end");
  }

  /** S7. */
  @Test
  @Proves(Clause.S7)
  @Catches(Saboteur.SKIPS_WHAT_IS_REPLAYED)
  default void s7_toTheLatestOnlyLaterEventsCome() {
    TopicAdmin admin = replaying();
    EventBus bus = bench().connect();
    String topic = bench().name("s7");
    published(bus, topic, "a", 10);
    handledAndStopped(bus, topic, 10);
    published(bus, topic, "unsettled", 20);
    admin.replay(topic, "group", StartAt.latest());
    claimEqual(Clause.S7, 0L, lag(admin, topic), "the lag of the moved group");
    List<String> later = published(bus, topic, "later", 12);
    claimEqual(Clause.S7, later, sorted(handledAndStopped(bus, topic, 12)), "what came");
  }

  /** S7. */
  @Test
  @Proves(Clause.S7)
  @Catches(Saboteur.SKIPS_WHAT_IS_REPLAYED)
  default void s7_toAnInstantItBeginsWithWhatWasStoredThen() {
    TopicAdmin admin = replaying();
    EventBus bus = bench().connect();
    String topic = bench().name("s7");
    published(bus, topic, "before", 15);
    Instant then = nextMillisecond();
    List<String> after = published(bus, topic, "from then on", 15);
    handledAndStopped(bus, topic, 30);
    admin.replay(topic, "group", StartAt.at(then));
    claimEqual(Clause.S7, after, sorted(handledAndStopped(bus, topic, 15)), "what came again");
  }

  /** S7. */
  @Test
  @Proves({Clause.S7, Clause.R1})
  @Catches(Saboteur.FORGETS_ATTEMPTS)
  default void s7_attemptsRunFromOneAgain() {
    TopicAdmin admin = replaying();
    EventBus bus = bench().connect();
    String topic = bench().name("s7");
    SubscribeOptions options =
        bench().options().withBackoff(Backoff.fixed(Duration.ofMillis(100))).withMaxAttempts(2);
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    bus.publish(topic, Event.of("k", "x")).join();
    for (int round = 1; round <= 2; round++) {
      int runs = round * 2;
      Subscription member = bus.subscribe(
          topic,
          "group",
          delivery -> {
            attempts.add(delivery.attempt());
            throw new IllegalStateException("it always fails");
          },
          options);
      claimWithin(Claims.SOON, Clause.S7, runs + " attempts", () -> attempts.size() >= runs);
      claimWithin(
          Claims.SOON, Clause.S7, "the dead letter", () -> member.stats().deadLettered() == 1);
      member.close();
      if (round == 1) {
        admin.replay(topic, "group", StartAt.earliest());
      }
    }
    claimEqual(Clause.S7, List.of(1, 2, 1, 2), attempts, "the attempts");
  }

  /** S7. */
  @Test
  @Proves(Clause.S7)
  default void s7_aGroupWithALivingMemberIsNotMoved() {
    TopicAdmin admin = replaying();
    EventBus bus = bench().connect();
    String topic = bench().name("s7");
    List<String> handled = new CopyOnWriteArrayList<>();
    published(bus, topic, "a", 10);
    Subscription member = bus.subscribe(
        topic,
        "group",
        delivery -> handled.add(delivery.event().text()),
        bench().options());
    claimWithin(Claims.SOON, Clause.S7, "all to be handled", () -> handled.size() == 10);
    DriverException refusal = claimThrows(Clause.S7, DriverException.class, () -> {
      admin.replay(topic, "group", StartAt.earliest());
      return "moved";
    });
    claim(
        Clause.S7,
        ("" + refusal.getMessage()).contains("group")
            && ("" + refusal.getMessage()).contains(topic),
        "the refusal names not both topic and group: " + refusal.getMessage());
    claimStays(Clause.S7, "nothing comes again", () -> handled.size() == 10);
    member.close();
    admin.replay(topic, "group", StartAt.earliest());
    claimEqual(Clause.S7, 10L, lag(admin, topic), "the lag once the member is gone");
  }

  /** S7. */
  @Test
  @Proves(Clause.S7)
  default void s7_aGroupOrTopicThatIsNotThereIsAnError() {
    TopicAdmin admin = replaying();
    EventBus bus = bench().connect();
    String topic = bench().name("s7");
    published(bus, topic, "a", 1);
    for (String missing : List.of(topic, bench().name("nowhere"))) {
      DriverException refusal = claimThrows(Clause.S7, DriverException.class, () -> {
        admin.replay(missing, "nobody", StartAt.earliest());
        return "moved";
      });
      claim(Clause.S7, ("" + refusal.getMessage()).contains(missing), "" + refusal.getMessage());
    }
  }

  /** An administrator; the test ends here where the driver says that it cannot move groups. */
  private TopicAdmin replaying() {
    Driver driver = bench().driver();
    String topic = bench().name("s7-offered");
    Offered.orEnd(Clause.S7, driver.capabilities(), () -> {
      driver.admin().replay(topic, "group", StartAt.earliest());
      return "moved";
    });
    return driver.admin();
  }

  /** Publishes events round five keys; answers how they come again, key by key. */
  private static List<String> published(EventBus bus, String topic, String name, int events) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String text = "k%d %s %03d".formatted(i % 5, name, i);
      texts.add(text);
      bus.publish(topic, Event.of("k" + i % 5, text)).join();
    }
    return sorted(texts);
  }

  /** By key alone: within a key the order stays. */
  private static List<String> sorted(List<String> texts) {
    return Stream.of("k0", "k1", "k2", "k3", "k4")
        .flatMap(key -> texts.stream().filter(text -> text.startsWith(key)))
        .toList();
  }

  /** Lets a member handle so many events and no more, then stops it. */
  private List<String> handledAndStopped(EventBus bus, String topic, int events) {
    List<String> handled = new CopyOnWriteArrayList<>();
    Subscription member = bus.subscribe(
        topic,
        "group",
        delivery -> handled.add(delivery.event().text()),
        bench().options());
    claimWithin(Claims.SOON, Clause.S7, events + " events handled", () -> handled.size() >= events);
    claimStays(Clause.S7, "nothing else comes", () -> handled.size() == events);
    member.close();
    return handled;
  }

  private static long lag(TopicAdmin admin, String topic) {
    return admin.lag(topic, "group").stream().mapToLong(LaneLag::events).sum();
  }

  private static Instant nextMillisecond() {
    long before = System.currentTimeMillis();
    Awaitility.await("the clock").until(() -> System.currentTimeMillis() > before + 1);
    return Instant.ofEpochMilli(before + 1);
  }
}
