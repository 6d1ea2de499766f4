package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimThrows;

import dev.eventbus.ConnectOptions;
import dev.eventbus.Durability;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.EventTooLargeException;
import dev.eventbus.InvalidEventException;
import dev.eventbus.PublishException;
import dev.eventbus.PublishFailedException;
import dev.eventbus.PublishOutcome;
import dev.eventbus.PublishTimeoutException;
import dev.eventbus.Published;
import dev.eventbus.Settings;
import dev.eventbus.TopicNameException;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.history.Positions;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.sabotage.FaultyProvider.Fault;
import dev.eventbus.conformance.sabotage.KitBus;
import dev.eventbus.conformance.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** P1–P5, P7, P8: what a publisher may rely on. */
public interface PublishClauses extends Conformance {

  /** P1. */
  @Test
  @Proves({Clause.P1, Clause.P2})
  default void p1_whatWasConfirmedSurvivesTheDeathOfItsPublisher() {
    Workload workload = bench().workload(bench().options());
    claim(
        Clause.P1,
        workload.bus().capabilities().durability().compareTo(Durability.PROCESS_CRASH) >= 0,
        "durability is " + workload.bus().capabilities().durability());
    MemberProcess publisher = workload.publisherProcess("p1");
    workload.await(
        Clause.P1,
        "300 confirmed publishes",
        () -> workload.history().count(PublishOk.class, line -> true) >= 300);
    publisher.kill();
    workload.local("m1");
    workload.awaitSettled();
    workload.assertClean();
  }

  /** P2. */
  @Test
  @Proves(Clause.P2)
  default void p2_eventsOfOneKeyAreStoredInCallOrder() {
    Workload workload = bench().workload(bench().options());
    Loads.publish(workload, 900, 7, HandlerScript.OK);
    workload.awaitPublished();
    workload.local("m1");
    workload.awaitSettled();
    workload.assertClean();
  }

  private EventBus faultyBus(Fault fault, Path lasting, ConnectOptions options) {
    return bench().opened(KitBus.connect(Settings.of(bench().faulty(fault, lasting)), options));
  }

  /** P3. */
  @Test
  @Proves(Clause.P3)
  default void p3_aPublishThatIsNotAnsweredFailsInTimeAndIsUnknown() throws IOException {
    Path lasting = Files.createFile(bench().directory().resolve("ignoring"));
    Duration timeout = Duration.ofSeconds(1);
    EventBus bus = faultyBus(
        Fault.IGNORES_EVENTS, lasting, ConnectOptions.defaults().withPublishTimeout(timeout));
    String topic = bench().name("p3");
    long start = System.nanoTime();
    PublishException failure = claimThrows(
        Clause.P3,
        PublishException.class,
        () -> bus.publish(topic, Event.of("k", "lost")).join());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // Where the bus itself repeats a write it gives up when no further repeat fits into the time.
    Duration least = timeout.dividedBy(2);
    claim(
        Clause.P3,
        took.compareTo(least) >= 0 && took.compareTo(timeout.plusSeconds(2)) < 0,
        "it failed after " + took);
    claimEqual(Clause.P3, PublishException.Outcome.UNKNOWN, failure.outcome(), "the outcome");
    Files.delete(lasting);
    claimEqual(
        Clause.P3,
        topic,
        bus.publish(topic, Event.of("k", "later")).join().topic(),
        "the topic of the next publish");
  }

  /** P3. */
  @Test
  @Proves(Clause.P3)
  default void p3_aRefusedPublishIsToldNotToBeStored() throws IOException {
    Path lasting = Files.createFile(bench().directory().resolve("refusing"));
    EventBus bus = faultyBus(Fault.REFUSES_EVENTS, lasting, ConnectOptions.defaults());
    String topic = bench().name("p3");
    PublishFailedException failure = claimThrows(
        Clause.P3,
        PublishFailedException.class,
        () -> bus.publish(topic, Event.of("k", "refused")).join());
    claimEqual(Clause.P3, PublishException.Outcome.NOT_STORED, failure.outcome(), "the outcome");
  }

  /** P4. */
  @Test
  @Proves(Clause.P4)
  default void p4_aPublishBeyondTheLimitWaitsAndThenFails() throws IOException {
    Path lasting = Files.createFile(bench().directory().resolve("ignoring"));
    Duration timeout = Duration.ofSeconds(1);
    int limit = 5;
    EventBus bus = faultyBus(
        Fault.IGNORES_EVENTS,
        lasting,
        ConnectOptions.defaults().withPublishTimeout(timeout).withMaxPendingPublishes(limit));
    String topic = bench().name("p4");
    var pending = new ArrayList<CompletableFuture<Published>>();
    for (int i = 0; i < limit; i++) {
      pending.add(bus.publish(topic, Event.of("k" + i, "pending")));
    }
    claim(
        Clause.P4,
        pending.stream().noneMatch(CompletableFuture::isDone),
        "a publish within the limit has ended already");
    PublishTimeoutException failure = claimThrows(
        Clause.P4,
        PublishTimeoutException.class,
        () -> bus.publish(topic, Event.of("more", "too many")).join());
    String text = "" + failure.getMessage();
    claim(Clause.P4, text.contains("" + timeout), text);
  }

  /** P5. */
  @Test
  @Proves(Clause.P5)
  default void p5_badInputFailsAtOnceAndAlone() {
    EventBus bus = bench().connect();
    String topic = bench().name("p5");
    claimThrows(
        Clause.P5,
        TopicNameException.class,
        () -> bus.publish("not a topic", Event.of("k", "x")).join());
    claimThrows(Clause.P5, InvalidEventException.class, () -> Event.builder().build());
    long limit = bus.capabilities().maxEventBytes();
    Event tooLarge = Event.of("k", new byte[Math.toIntExact(limit) + 1]);
    CompletableFuture<Published> before = bus.publish(topic, Event.of("k", "before"));
    CompletableFuture<Published> refused = bus.publish(topic, tooLarge);
    CompletableFuture<Published> after = bus.publish(topic, Event.of("k", "after"));
    EventTooLargeException failure =
        claimThrows(Clause.P5, EventTooLargeException.class, refused::join);
    claimEqual(Clause.P5, limit, failure.limit(), "the limit that it names");
    String text = "" + failure.getMessage();
    claim(
        Clause.P5,
        text.contains(bus.capabilities().maxEventBytesSource())
            && text.contains("" + failure.size()),
        text);
    claimEqual(Clause.P5, topic, before.join().topic(), "the topic of the one before");
    claimEqual(Clause.P5, topic, after.join().topic(), "the topic of the one after");
  }

  /** P7. */
  @Test
  @Proves(Clause.P7)
  default void p7_closeWaitsForWhatIsPending() {
    EventBus bus = bench().connect();
    String topic = bench().name("p7");
    var futures = new ArrayList<CompletableFuture<Published>>();
    for (int i = 0; i < 300; i++) {
      futures.add(bus.publish(topic, Event.of("k" + i % 10, "x")));
    }
    bus.close();
    long stored = futures.stream()
        .filter(future -> future.isDone() && !future.isCompletedExceptionally())
        .count();
    claimEqual(Clause.P7, 300L, stored, "number of publishes confirmed when close returned");
    claimThrows(
        Clause.P7,
        IllegalStateException.class,
        () -> bus.publish(topic, Event.of("k", "late")).join());
    claimThrows(
        Clause.P7, IllegalStateException.class, () -> bus.subscribe(topic, "late", delivery -> {}));
  }

  /** P8. */
  @Test
  @Proves(Clause.P8)
  default void p8_publishAllKeepsOrderAndTellsWhatFailed() {
    EventBus bus = bench().connect(Map.of(Settings.LANES, "1"));
    int tooMany = Math.toIntExact(bus.capabilities().maxEventBytes()) + 1;
    var events = new ArrayList<Event>();
    for (int i = 0; i < 50; i++) {
      events.add(i == 20 ? Event.of("k", new byte[tooMany]) : Event.of("k", "event " + i));
    }
    List<PublishOutcome> outcomes = bus.publishAll(bench().name("p8"), events).join();
    claimEqual(Clause.P8, 50, outcomes.size(), "number of outcomes");
    String last = "0";
    for (int i = 0; i < 50; i++) {
      if (outcomes.get(i) instanceof PublishOutcome.Stored stored) {
        String position = stored.published().position();
        claim(
            Clause.P8,
            Positions.compare(position, last) > 0,
            "event %d is stored before the last".formatted(i));
        last = position;
      } else {
        claimEqual(Clause.P8, 20, i, "the one that failed");
      }
    }
    claim(
        Clause.P8,
        outcomes.get(20) instanceof PublishOutcome.Failed failed
            && failed.event().equals(events.get(20))
            && failed.cause() instanceof EventTooLargeException,
        "event 20 has the outcome " + outcomes.get(20));
  }
}
