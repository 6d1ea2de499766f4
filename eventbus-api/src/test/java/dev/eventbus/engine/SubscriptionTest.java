package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.Backoff;
import dev.eventbus.ConnectOptions;
import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Handler;
import dev.eventbus.OnExhausted;
import dev.eventbus.RejectEvent;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionState;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A subscription of a whole bus over one lane in memory. */
@Timeout(20)
class SubscriptionTest {

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final MemoryWriter letters = new MemoryWriter(Ordering.PIPELINED).answeringAtOnce();
  private final MemoryDriver driver = new MemoryDriver().opens(letters);
  private final EventBus bus = BusFactory.over(driver, runtime, ConnectOptions.defaults());
  private final List<String> handled = new ArrayList<>();

  private static Event event(String id, String key) {
    return Event.builder().id(id).key(key).header("h", "v").payload("p" + id).build();
  }

  private void lane(Event... events) {
    MemoryLane lane = MemoryLane.fresh(0);
    for (Event event : events) {
      lane.with(event);
    }
    driver.laneOfGroup.put("billing", lane);
  }

  private Subscription subscribe(Handler handler) {
    return subscribe(handler, SubscribeOptions.defaults());
  }

  private Subscription subscribe(Handler handler, SubscribeOptions options) {
    return bus.subscribe(
        "orders",
        "billing",
        delivery -> {
          handled.add(delivery.event().id() + "#" + delivery.attempt());
          handler.handle(delivery);
        },
        options);
  }

  /** Waits on another thread, as an application does, while time passes. */
  private void whileTimePasses(Runnable call) {
    var done = CompletableFuture.runAsync(call);
    while (!done.isDone()) {
      runtime.advance(Duration.ofMillis(1));
    }
    assertThat(done).isCompleted();
  }

  @AfterEach
  void noLoopHadADefect() {
    assertThat(runtime.defects).isEmpty();
  }

  @Test
  void eventsOfALaneAreHandledAndSettled() {
    lane(event("a", "k"), event("b", "k"), event("c", "other"), event("d", null));
    Subscription subscription = subscribe(delivery -> {});
    runtime.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactlyInAnyOrder("a#1", "b#1", "c#1", "d#1");
    assertThat(subscription.stats().settled()).isEqualTo(4);
    assertThat(subscription.stats().buffered()).isZero();
  }

  @Test
  void aFailingEventHoldsItsKeyAloneUntilItsDeadLetterIsStored() {
    lane(event("a", "k"), event("b", "k"), event("c", "other"));
    Subscription subscription = subscribe(delivery -> {
      if (delivery.event().id().equals("a")) {
        throw new IllegalStateException("no such customer");
      }
    });
    runtime.advance(Duration.ofSeconds(5));
    assertThat(handled).containsExactly("a#1", "c#1", "a#2", "a#3", "b#1");
    assertThat(subscription.stats().deadLettered()).isEqualTo(1);
    assertThat(driver.opened).containsExactly("orders.dlq.billing");
    Event letter = letters.log.get(0);
    assertThat(letter.id()).isEqualTo("a");
    assertThat(letter.key()).isEqualTo("k");
    assertThat(letter.text()).isEqualTo("pa");
    assertThat(letter.headers())
        .containsEntry("h", "v")
        .containsEntry(DeadLetterHeaders.REASON, "exhausted")
        .containsEntry(DeadLetterHeaders.MESSAGE, "no such customer")
        .containsEntry(DeadLetterHeaders.EXCEPTION, "java.lang.IllegalStateException")
        .containsEntry(DeadLetterHeaders.ATTEMPTS, "3")
        .containsEntry(DeadLetterHeaders.TOPIC, "orders")
        .containsEntry(DeadLetterHeaders.GROUP, "billing")
        .containsEntry(DeadLetterHeaders.POSITION, "0/1")
        .containsKeys(DeadLetterHeaders.FIRST_FAILURE, DeadLetterHeaders.LAST_FAILURE);
  }

  @Test
  void aRejectedEventIsNotTriedAgain() {
    lane(event("a", "k"));
    subscribe(delivery -> {
      throw new RejectEvent("not an order");
    });
    runtime.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactly("a#1");
    assertThat(letters.log.get(0).headers()).containsEntry(DeadLetterHeaders.REASON, "rejected");
  }

  @Test
  void aDiscardedEventLeavesNoDeadLetter() {
    lane(event("a", "k"));
    Subscription subscription = subscribe(
        delivery -> {
          throw new RejectEvent("not an order");
        },
        SubscribeOptions.defaults().withOnExhausted(OnExhausted.DISCARD));
    runtime.advance(Duration.ofSeconds(1));
    assertThat(subscription.stats().discarded()).isEqualTo(1);
    assertThat(letters.log).isEmpty();
  }

  @Test
  void whileItIsPausedNoHandlerStarts() {
    lane(event("a", "k"));
    Subscription subscription = subscribe(delivery -> {});
    whileTimePasses(subscription::pause);
    List<String> before = List.copyOf(handled);
    runtime.advance(Duration.ofMinutes(5));
    assertThat(subscription.state()).isEqualTo(SubscriptionState.PAUSED);
    assertThat(handled).isEqualTo(before);
    subscription.resume();
    runtime.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactly("a#1");
  }

  @Test
  void whatWaitsInBackoffWhenItClosesIsNotSettled() {
    lane(event("a", "k"));
    Subscription subscription = subscribe(
        delivery -> {
          throw new IllegalStateException("no");
        },
        SubscribeOptions.defaults().withBackoff(Backoff.fixed(Duration.ofDays(365))));
    runtime.advance(Duration.ofMillis(50));
    whileTimePasses(subscription::close);
    assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
    assertThat(subscription.stats().settled()).isZero();
    assertThat(handled).containsExactly("a#1");
  }

  @Test
  void closingTwiceClosesOnce() {
    lane(event("a", "k"));
    Subscription subscription = subscribe(delivery -> {});
    whileTimePasses(subscription::close);
    whileTimePasses(subscription::close);
    assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
    assertThat(bus.health().parts()).isEmpty();
  }
}
