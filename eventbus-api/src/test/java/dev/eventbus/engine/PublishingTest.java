package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.eventbus.BusError;
import dev.eventbus.ConnectOptions;
import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.EventTooLargeException;
import dev.eventbus.LaneCountException;
import dev.eventbus.PublishException;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.PublishFailedException;
import dev.eventbus.PublishOutcome;
import dev.eventbus.PublishTimeoutException;
import dev.eventbus.Published;
import dev.eventbus.TopicNameException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.KeyLane;
import dev.eventbus.spi.TopicWriter;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishingTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final MemoryWriter writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
  private final MemoryDriver driver = new MemoryDriver().opens(writer);
  private final EventBus bus = bus(ConnectOptions.defaults().withPublishTimeout(TIMEOUT));

  private EventBus bus(ConnectOptions options) {
    return BusFactory.over(driver, runtime, options);
  }

  private static Event event(String id, String key) {
    return Event.builder().id(id).key(key).payload("p").build();
  }

  private static PublishException failureOf(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    var failure = assertThat(future)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .actual()
        .getCause();
    assertThat(failure).isInstanceOf(PublishException.class);
    return (PublishException) failure;
  }

  @Test
  void aPublishCompletesOnlyAfterTheWriteIsConfirmed() {
    var result = bus.publish("orders", event("a", "k"));
    runtime.run();
    assertThat(writer.openIds()).containsExactly("a");
    assertThat(result).isNotDone();
    writer.storeFirst();
    int lane = writer.received.get(0).lane();
    assertThat(result).isCompletedWithValue(new Published("orders", lane, "1"));
  }

  @Test
  void whatHangsOnAPublishDoesNotRunOnTheDriversThread() {
    var result = bus.publish("orders", event("a", "k"));
    var after = result.thenApply(Published::position);
    writer.storeFirst();
    assertThat(after).as("while the driver's thread answers").isNotDone();
    runtime.run();
    assertThat(after).isCompletedWithValue("1");
  }

  @Test
  void aKeyAlwaysGoesToTheSameLaneAndEventsWithoutOneGoRound() {
    var results = IntStream.range(0, 8)
        .mapToObj(i -> bus.publish("orders", event("n" + i, i % 2 == 0 ? "k" : null)))
        .toList();
    for (int i = 0; i < 8; i++) {
      runtime.run();
      writer.open.stream().findFirst().ifPresent(writer::store);
    }
    assertThat(results).allSatisfy(result -> assertThat(result).isCompleted());
    assertThat(writer.received)
        .filteredOn(one -> one.event().key() != null)
        .extracting(one -> one.lane())
        .hasSize(4)
        .containsOnly(KeyLane.of("k", MemoryWriter.LANES));
    assertThat(writer.received)
        .filteredOn(one -> one.event().key() == null)
        .extracting(one -> one.lane())
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void twoEqualEventsAreTwoEvents() {
    var unused = bus.publish("orders", event("same", null));
    var unusedToo = bus.publish("orders", event("same", null));
    writer.storeFirst();
    writer.storeFirst();
    assertThat(writer.storedIds()).containsExactly("same", "same");
  }

  // ---- P3

  @Test
  void withoutAnAnswerAPublishEndsAtItsTimeoutAndMayBeStored() {
    var result = bus.publish("orders", event("a", "k"));
    runtime.advance(TIMEOUT.minusMillis(1));
    assertThat(result).isNotDone();
    runtime.advance(Duration.ofMillis(100));
    PublishException failure = failureOf(result);
    assertThat(failure).isInstanceOf(PublishTimeoutException.class);
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    writer.storeFirst();
    assertThat(result).isCompletedExceptionally();
  }

  @Test
  void anEventThatStillWaitsBehindItsKeyAtItsTimeoutIsNotStored() {
    var first = bus.publish("orders", event("a", "k"));
    var second = bus.publish("orders", event("b", "k"));
    runtime.advance(TIMEOUT.plusMillis(100));
    assertThat(failureOf(first).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failureOf(second).outcome()).isEqualTo(Outcome.NOT_STORED);
    writer.storeFirst();
    runtime.advance(TIMEOUT);
    assertThat(writer.storedIds()).containsExactly("a");
    assertThat(writer.open).isEmpty();
  }

  @Test
  void anEventOfATopicThatDoesNotOpenIsNotStored() {
    driver.opens(topic -> new CompletableFuture<>());
    var result = bus.publish("orders", event("a", "k"));
    runtime.advance(TIMEOUT.plusMillis(100));
    assertThat(failureOf(result)).isInstanceOf(PublishTimeoutException.class);
    assertThat(failureOf(result).outcome()).isEqualTo(Outcome.NOT_STORED);
  }

  @Test
  void anEventWhoseTimeIsOverIsNotStoredWhenItsTopicOpensAtLast() {
    var opening = new CompletableFuture<TopicWriter>();
    driver.opens(topic -> opening);
    var late = bus.publish("orders", event("late", "k"));
    runtime.advance(TIMEOUT.plusMillis(100));
    var fresh = bus.publish("orders", event("fresh", "k"));
    opening.complete(writer);
    runtime.run();
    writer.storeFirst();
    assertThat(failureOf(late).outcome()).isEqualTo(Outcome.NOT_STORED);
    assertThat(fresh).isCompleted();
    assertThat(writer.storedIds()).containsExactly("fresh");
  }

  @Test
  void aRefusalForGoodFailsAtOnceWithWhatTheDriverKnows() {
    for (Outcome outcome : Outcome.values()) {
      var result = bus.publish("orders", event("a", "k"));
      runtime.run();
      writer.refuseFirst(outcome, Remedy.NONE);
      PublishException failure = failureOf(result);
      assertThat(failure).isInstanceOf(PublishFailedException.class);
      assertThat(failure).hasMessageContaining("no leader");
      assertThat(failure.outcome()).isEqualTo(outcome);
    }
  }

  @Test
  void anUnknownAttemptMakesTheWholePublishUnknown() {
    var result = bus.publish("orders", event("a", "k"));
    writer.refuseFirst(Outcome.UNKNOWN, Remedy.RETRY);
    runtime.advance(Duration.ofMillis(20));
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.NONE);
    assertThat(failureOf(result).outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void anUnknownFailureOfTheDriverIsUnknown() {
    var result = bus.publish("orders", event("a", "k"));
    writer.open.get(0).answer().completeExceptionally(new IllegalStateException("boom"));
    assertThat(failureOf(result).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failureOf(result)).hasMessageContaining("boom");
  }

  @Test
  void aTopicThatCannotBeOpenedFailsItsPublishesAndIsTriedAgain() {
    driver.opens(topic -> CompletableFuture.failedFuture(
        new DriverException(BusError.NOT_OFFERED, "no right to create topics")));
    var refused = bus.publish("orders", event("a", "k"));
    assertThat(failureOf(refused).outcome()).isEqualTo(Outcome.NOT_STORED);
    assertThat(failureOf(refused)).hasMessageContaining("no right to create topics");
    driver.opens(writer.answeringAtOnce());
    assertThat(bus.publish("orders", event("b", "k"))).isCompleted();
    assertThat(driver.opened).containsExactly("orders", "orders");
  }

  @Test
  void anotherLaneCountIsToldAsItself() {
    driver.opens(topic -> CompletableFuture.failedFuture(new LaneCountException(topic, 8, 4)));
    assertThat(bus.publish("orders", event("a", "k")))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(LaneCountException.class);
  }

  // ---- P4

  @Test
  void aFullHouseWaitsAndThenFailsWithoutStoring() {
    EventBus small = bus(new ConnectOptions(Duration.ofMillis(30), 2, null));
    var first = small.publish("orders", event("a", "k1"));
    var second = small.publish("orders", event("b", "k2"));
    var third = small.publish("orders", event("c", "k3"));
    PublishException failure = failureOf(third);
    assertThat(failure).hasMessageContaining("room among 2 unconfirmed events");
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_STORED);
    assertThat(writer.openIds()).containsExactly("a", "b");
    assertThat(List.of(first, second)).allSatisfy(one -> assertThat(one).isNotDone());
  }

  @Test
  void aConfirmationMakesRoom() {
    EventBus small = bus(new ConnectOptions(Duration.ofMillis(30), 1, null));
    for (int i = 0; i < 10; i++) {
      var result = small.publish("orders", event("e" + i, "k"));
      runtime.run();
      writer.storeFirst();
      assertThat(result).isCompleted();
    }
    assertThat(writer.log).hasSize(10);
  }

  @Test
  void aCallerWhoseWaitIsOverHoldsItsRoomUntilTheDriverAnswers() {
    EventBus small = bus(new ConnectOptions(Duration.ofMillis(30), 1, null));
    var timedOut = small.publish("orders", event("a", "k"));
    runtime.advance(Duration.ofMillis(100));
    assertThat(failureOf(timedOut).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failureOf(small.publish("orders", event("b", "k")))).hasMessageContaining("room");
    writer.storeFirst();
    var third = small.publish("orders", event("c", "k"));
    runtime.run();
    writer.storeFirst();
    assertThat(third).isCompleted();
  }

  @Test
  void everyWayAPublishCanEndGivesItsRoomBack() {
    EventBus small = bus(new ConnectOptions(Duration.ofMillis(30), 1, null));
    var refused = small.publish("orders", event("a", "k"));
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.NONE);
    var tooLarge = small.publish("orders", Event.of("k", new byte[2_000]));
    var retried = small.publish("orders", event("b", "k"));
    runtime.run();
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.RETRY);
    runtime.advance(Duration.ofMillis(20));
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.RETRY);
    var last = small.publish("orders", event("c", "k"));
    runtime.run();
    writer.storeFirst();
    assertThat(List.of(refused, tooLarge, retried))
        .allSatisfy(one -> assertThat(one).isCompletedExceptionally());
    assertThat(last).isCompleted();
  }

  @Test
  void anEventThatIsWithdrawnFromItsLineGivesItsRoomBack() {
    EventBus small = bus(new ConnectOptions(Duration.ofMillis(30), 2, null));
    var handed = small.publish("orders", event("a", "k"));
    var waiting = small.publish("orders", event("b", "k"));
    runtime.advance(Duration.ofMillis(100));
    assertThat(failureOf(handed).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failureOf(waiting).outcome()).isEqualTo(Outcome.NOT_STORED);
    writer.storeFirst();
    runtime.run();
    var both = List.of(
        small.publish("orders", event("c", "k1")), small.publish("orders", event("d", "k2")));
    assertThat(writer.openIds()).containsExactly("c", "d");
    assertThat(both).allSatisfy(one -> assertThat(one).isNotDone());
  }

  @Test
  void aCallerThatIsInterruptedWhileItWaitsForRoomFailsAndStaysInterrupted() {
    EventBus small = bus(new ConnectOptions(Duration.ofSeconds(30), 1, null));
    var unused = small.publish("orders", event("a", "k"));
    Thread.currentThread().interrupt();
    var second = small.publish("orders", event("b", "k"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failureOf(second)).hasMessageContaining("interrupted");
    assertThat(failureOf(second).outcome()).isEqualTo(Outcome.NOT_STORED);
  }

  // ---- P5

  @Test
  void anIllegalTopicFailsTheCall() {
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> bus.publish("a/b", event("a", "k")));
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> bus.publishAll("orders.dlq.billing", List.of(event("a", "k"))));
  }

  @Test
  void anOversizeEventFailsAloneAndNamesTheLimit() {
    var before = bus.publish("orders", event("a", "k"));
    var tooLarge = bus.publish("orders", Event.of("k", new byte[1_001]));
    var after = bus.publish("orders", event("b", "k"));
    assertThat(tooLarge)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .asInstanceOf(type(EventTooLargeException.class))
        .satisfies(failure -> {
          assertThat(failure.size()).isEqualTo(1_001);
          assertThat(failure).hasMessageContainingAll("limit is 1000", "memory.max");
        });
    writer.storeFirst();
    runtime.run();
    writer.storeFirst();
    assertThat(List.of(before, after)).allSatisfy(one -> assertThat(one).isCompleted());
    assertThat(bus.publish("orders", Event.of(new byte[1_000]))).isNotDone();
  }

  // ---- P7

  @Test
  void closeWaitsForWhatIsPendingAndThenRefusesEveryCall() {
    EventBus closing = bus(new ConnectOptions(Duration.ofSeconds(30), 10, null));
    var pending = closing.publish("orders", event("a", "k"));
    var closed = CompletableFuture.runAsync(closing::close);
    assertThat(driver.closed).isFalse();
    writer.storeFirst();
    assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
    assertThat(pending).isCompleted();
    assertThat(driver.closed).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> closing.publish("orders", event("b", "k")))
        .withMessageContaining("closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> closing.publishAll("orders", List.of(event("b", "k"))));
    assertThatIllegalStateException()
        .isThrownBy(() -> closing.subscribe("orders", "billing", delivery -> {}));
    assertThatIllegalStateException()
        .isThrownBy(() -> closing.subscribeEach("orders", delivery -> {}));
    assertThat(writer.storedIds()).containsExactly("a");
  }

  @Test
  void whatIsStillPendingAtTheEndOfCloseFails() {
    EventBus closing = bus(new ConnectOptions(Duration.ofMillis(20), 10, null));
    var handed = closing.publish("orders", event("a", "k"));
    var waiting = closing.publish("orders", event("b", "k"));
    closing.close();
    assertThat(failureOf(handed).outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failureOf(waiting).outcome()).isEqualTo(Outcome.NOT_STORED);
    assertThat(failureOf(waiting)).hasMessageContaining("closed before it was confirmed");
  }

  @Test
  void closingTwiceClosesOnce() {
    bus.close();
    bus.close();
    assertThat(driver.closed).isTrue();
    assertThat(bus.health().reason()).isEqualTo("closed");
    assertThat(bus.capabilities().driver()).isEqualTo("memory");
  }

  // ---- P8

  @Test
  void aListTellsTheOutcomeOfEachEventInItsOrder() {
    Event tooLarge = Event.of("k2", new byte[1_001]);
    Event refused = event("c", "k3");
    var result =
        bus.publishAll("orders", List.of(event("a", "k1"), tooLarge, refused, event("d", "k1")));
    writer.refuse(writer.open.get(1), Outcome.NOT_STORED, Remedy.NONE);
    writer.storeFirst();
    runtime.run();
    assertThat(result).isNotDone();
    writer.storeFirst();
    runtime.run();
    assertThat(result).isCompleted();
    List<PublishOutcome> outcomes = result.join();
    assertThat(outcomes).hasSize(4);
    assertThat(outcomes.get(0)).isInstanceOf(PublishOutcome.Stored.class);
    assertThat(outcomes.get(1))
        .asInstanceOf(type(PublishOutcome.Failed.class))
        .satisfies(failed -> {
          assertThat(failed.event()).isSameAs(tooLarge);
          assertThat(failed.cause()).isInstanceOf(EventTooLargeException.class);
        });
    assertThat(outcomes.get(2))
        .asInstanceOf(type(PublishOutcome.Failed.class))
        .satisfies(failed -> {
          assertThat(failed.event()).isSameAs(refused);
          assertThat(failed.cause()).isInstanceOf(PublishFailedException.class);
        });
    assertThat(outcomes.get(3)).isInstanceOf(PublishOutcome.Stored.class);
    assertThat(writer.storedIds()).containsExactly("a", "d");
  }

  @Test
  void anEmptyListIsDoneAtOnce() {
    assertThat(bus.publishAll("orders", List.of())).isCompletedWithValue(List.of());
    assertThat(driver.opened).isEmpty();
  }

  // ---- drivers and executors that do what they should not

  @Test
  void aDriverThatThrowsInsteadOfFailingTakesNoRoomAway() {
    EventBus small = bus(new ConnectOptions(Duration.ofMillis(30), 1, null));
    driver.opens(topic -> {
      throw new DriverException(BusError.NOT_OFFERED, "no right to create topics");
    });
    assertThat(failureOf(small.publish("orders", event("a", "k"))).outcome())
        .isEqualTo(Outcome.NOT_STORED);
    driver.opens(writer.answeringAtOnce());
    assertThat(small.publish("orders", event("b", "k"))).isCompleted();
  }

  @Test
  void aPublishThatFollowsAnotherOnTheSameThreadWhileTheTopicOpensIsSent() {
    var opening = new CompletableFuture<TopicWriter>();
    driver.opens(topic -> opening);
    EventBus direct = BusFactory.over(
        driver,
        BusFactory.liveRuntime(ConnectOptions.defaults().withHandlerExecutor(Runnable::run)),
        ConnectOptions.defaults());
    var second = direct
        .publish("orders", event("a", "k1"))
        .thenCompose(stored -> direct.publish("orders", event("b", "k2")));
    var third = direct.publish("orders", event("c", "k3"));
    opening.complete(writer.answeringAtOnce());
    assertThat(second).isCompleted();
    assertThat(third).isCompleted();
  }

  @Test
  void aPublishMayTakeForEver() {
    Duration forEver = ChronoUnit.FOREVER.getDuration();
    EventBus patient = bus(ConnectOptions.defaults().withPublishTimeout(forEver));
    var result = patient.publish("orders", event("a", "k"));
    runtime.advance(Duration.ofDays(1));
    writer.storeFirst();
    assertThat(result).isCompleted();
  }
}
