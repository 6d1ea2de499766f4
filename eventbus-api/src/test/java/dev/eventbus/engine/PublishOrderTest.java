package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.ConnectOptions;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.PublishException;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.Published;
import dev.eventbus.engine.MemoryWriter.Open;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.TopicWriter;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P2 and P3: what is stored of a key is a subsequence of the calls, in call order. */
class PublishOrderTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final VirtualRuntime runtime = new VirtualRuntime();

  private EventBus bus(TopicWriter writer) {
    return BusFactory.over(
        new MemoryDriver().opens(writer),
        runtime,
        ConnectOptions.defaults().withPublishTimeout(TIMEOUT));
  }

  private static Event event(String id, String key) {
    return Event.builder().id(id).key(key).payload("p").build();
  }

  @Test
  void oneOfAKeyIsInFlightAndOtherKeysGoOn() {
    var writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
    EventBus bus = bus(writer);
    var results = new ArrayList<CompletableFuture<Published>>();
    for (String id : List.of("a1", "a2", "b1", "a3", "b2")) {
      results.add(bus.publish("orders", event(id, id.substring(0, 1))));
    }
    assertThat(writer.openIds()).containsExactly("a1", "b1");
    writer.storeFirst();
    runtime.run();
    assertThat(writer.openIds()).containsExactly("b1", "a2");
    assertThat(results.get(0)).isCompleted();
    assertThat(results.get(1)).isNotDone();
  }

  @Test
  void oneOfALaneIsInFlightWhereTheDriverAsksForIt() {
    var writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_LANE);
    EventBus bus = bus(writer);
    for (int i = 0; i < 40; i++) {
      var unused = bus.publish("orders", event("e" + i, "k" + i));
    }
    assertThat(writer.open)
        .extracting(open -> open.append().lane())
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void eventsWithoutAKeyDoNotWaitForEachOther() {
    var writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
    EventBus bus = bus(writer);
    for (int i = 0; i < 40; i++) {
      var unused = bus.publish("orders", event("e" + i, null));
    }
    assertThat(writer.open).hasSize(40);
  }

  @Test
  void aRefusedEventIsRetriedUnderItsIdBeforeThoseBehindIt() {
    var writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
    EventBus bus = bus(writer);
    var first = bus.publish("orders", event("a", "k"));
    var second = bus.publish("orders", event("b", "k"));
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.RETRY);
    runtime.run();
    assertThat(writer.open).isEmpty();
    runtime.advance(Duration.ofMillis(20));
    assertThat(writer.openIds()).containsExactly("a");
    writer.refuseFirst(Outcome.UNKNOWN, Remedy.RETRY);
    runtime.advance(Duration.ofMillis(39));
    assertThat(writer.open).as("the second wait is longer").isEmpty();
    runtime.advance(Duration.ofMillis(1));
    writer.storeFirst();
    runtime.run();
    writer.storeFirst();
    assertThat(writer.storedIds()).containsExactly("a", "b");
    assertThat(writer.received.subList(0, 3)).containsOnly(writer.received.get(0));
    assertThat(List.of(first, second)).allSatisfy(one -> assertThat(one).isCompleted());
  }

  @Test
  void anEventThatFailsLetsTheNextOfItsKeyPass() {
    var writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
    EventBus bus = bus(writer);
    var failed = bus.publish("orders", event("a", "k"));
    var stored = bus.publish("orders", event("b", "k"));
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.NONE);
    runtime.run();
    writer.storeFirst();
    assertThat(failed).isCompletedExceptionally();
    assertThat(stored).isCompleted();
  }

  @Test
  void aDriverThatAnswersAtOnceMakesNoDeepCalls() {
    var writer = new MemoryWriter(Ordering.ONE_IN_FLIGHT_PER_KEY);
    EventBus bus = BusFactory.over(
        new MemoryDriver().opens(writer),
        runtime,
        ConnectOptions.defaults().withMaxPendingPublishes(20_000));
    var results = new ArrayList<CompletableFuture<Published>>();
    for (int i = 0; i < 10_000; i++) {
      results.add(bus.publish("orders", event("e" + i, "k")));
    }
    writer.answeringAtOnce().storeFirst();
    runtime.run();
    assertThat(results).allSatisfy(result -> assertThat(result).isCompleted());
    assertThat(writer.storedIds()).first().isEqualTo("e0");
    assertThat(writer.storedIds()).last().isEqualTo("e9999");
  }

  @Test
  void aPipeliningDriverGetsEachEventAtOnceAndIsNotRetriedFor() {
    var writer = new MemoryWriter(Ordering.PIPELINED);
    EventBus bus = bus(writer);
    var first = bus.publish("orders", event("a", "k"));
    var second = bus.publish("orders", event("b", "k"));
    assertThat(writer.openIds()).containsExactly("a", "b");
    writer.refuseFirst(Outcome.NOT_STORED, Remedy.RETRY);
    writer.storeFirst();
    runtime.advance(Duration.ofMillis(500));
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompleted();
    assertThat(writer.storedIds()).containsExactly("b");
    assertThat(writer.open).isEmpty();
  }

  @Test
  void eventsThatWaitForTheirTopicToOpenKeepTheirOrder() {
    var writer = new MemoryWriter(Ordering.PIPELINED);
    var opening = new CompletableFuture<TopicWriter>();
    EventBus bus = BusFactory.over(
        new MemoryDriver().opens(topic -> opening), runtime, ConnectOptions.defaults());
    for (int i = 0; i < 5; i++) {
      var unused = bus.publish("orders", event("e" + i, "k"));
    }
    opening.complete(writer);
    var unused = bus.publish("orders", event("e5", "k"));
    assertThat(writer.openIds()).containsExactly("e0", "e1", "e2", "e3", "e4", "e5");
  }

  // ---- in any order of answers

  /** One publish of the random test. */
  private record Call(int number, String key, CompletableFuture<Published> result) {
    String id() {
      return "e" + number;
    }
  }

  private void answer(MemoryWriter writer, Random random) {
    Open one = writer.open.get(random.nextInt(writer.open.size()));
    Remedy remedy = random.nextInt(5) == 0 ? Remedy.NONE : Remedy.RETRY;
    switch (random.nextInt(6)) {
      case 0 -> writer.refuse(one, Outcome.NOT_STORED, remedy);
      case 1 -> writer.refuse(one, Outcome.UNKNOWN, remedy);
      case 2 -> writer.storeUnconfirmed(one, remedy);
      default -> writer.store(one);
    }
  }

  private static void assertAtMostOneInFlight(MemoryWriter writer) {
    Set<Object> lines = new HashSet<>();
    for (Open open : writer.open) {
      Object line = writer.ordering() == Ordering.ONE_IN_FLIGHT_PER_LANE
          ? open.append().lane()
          : open.append().event().key();
      assertThat(line == null || lines.add(line))
          .as("one in flight of %s", line)
          .isTrue();
    }
  }

  private static void assertOutcomeIsTrue(Call call, Set<String> stored) {
    assertThat(call.result()).as("call %d", call.number()).isDone();
    Outcome outcome = call.result()
        .handle((published, error) -> {
          if (error == null) {
            return null;
          }
          Throwable cause = error instanceof CompletionException ? error.getCause() : error;
          return ((PublishException) Objects.requireNonNull(cause)).outcome();
        })
        .join();
    if (outcome == null) {
      assertThat(stored).as("confirmed").contains(call.id());
    } else if (outcome == Outcome.NOT_STORED) {
      assertThat(stored).as("told not to be stored").doesNotContain(call.id());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Ordering.class, names = "PIPELINED", mode = EnumSource.Mode.EXCLUDE)
  void whateverTheDriverAnswersTheLogOfAKeyIsASubsequenceOfTheCalls(Ordering ordering) {
    for (long seed = 0; seed < 150; seed++) {
      var random = new Random(seed);
      var writer = new MemoryWriter(ordering);
      EventBus bus = bus(writer);
      List<Call> calls = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        int choice = random.nextInt(10);
        if (choice < 4) {
          String key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(4);
          int number = calls.size();
          calls.add(new Call(number, key, bus.publish("orders", event("e" + number, key))));
        } else if (choice < 8 && !writer.open.isEmpty()) {
          answer(writer, random);
        } else {
          runtime.advance(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 1500 : 60)));
        }
        runtime.run();
        assertAtMostOneInFlight(writer);
      }
      while (!writer.open.isEmpty()
          || calls.stream().anyMatch(call -> !call.result().isDone())) {
        if (!writer.open.isEmpty()) {
          answer(writer, random);
        }
        runtime.advance(Duration.ofMillis(100));
      }
      Set<String> stored = new HashSet<>(writer.storedIds());
      for (String key : List.of("k0", "k1", "k2", "k3")) {
        assertThat(writer.log.stream()
                .filter(one -> key.equals(one.key()))
                .map(one -> Integer.parseInt(one.id().substring(1))))
            .as("seed %d: the log of %s", seed, key)
            .isSorted()
            .doesNotHaveDuplicates();
      }
      for (Call call : calls) {
        assertOutcomeIsTrue(call, stored);
      }
    }
  }
}
