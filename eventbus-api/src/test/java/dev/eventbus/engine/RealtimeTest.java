package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.eventbus.Backoff;
import dev.eventbus.ConnectOptions;
import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Handler;
import dev.eventbus.OnExhausted;
import dev.eventbus.Profile;
import dev.eventbus.PublishOptions;
import dev.eventbus.RejectEvent;
import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.UnsupportedCapabilityException;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C1 and C4: what the engine does when nothing outlives the process. */
class RealtimeTest {

  private static final SubscribeOptions OPTIONS =
      SubscribeOptions.defaults().withBackoff(Backoff.fixed(Duration.ofMillis(100)));

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final MemoryWriter writer = new MemoryWriter(Ordering.PIPELINED).answeringAtOnce();
  private final MemoryDriver driver = new MemoryDriver().opens(writer);
  private final MemoryLane lane = MemoryLane.fresh(0);
  private final List<String> handled = new ArrayList<>();
  private final List<String> discarded = new ArrayList<>();

  private EventBus bus() {
    driver.profile = Profile.REALTIME;
    driver.laneOfGroup.put("billing", lane);
    return BusFactory.over(driver, runtime, ConnectOptions.defaults());
  }

  private static Event event(String id, String key) {
    return Event.builder().id(id).key(key).payload("p").build();
  }

  private Subscription subscribe(SubscribeOptions options, Handler handler) {
    var listening = options.withListener(new SubscriptionListener() {
      @Override
      public void discarded(String topic, int number, @Nullable Event event, String reason) {
        discarded.add((event == null ? "?" : event.id()) + " " + reason);
      }
    });
    return bus()
        .subscribe(
            "orders",
            "billing",
            delivery -> {
              handled.add(delivery.event().id() + "#" + delivery.attempt());
              handler.handle(delivery);
            },
            listening);
  }

  private static void fail(Delivery delivery) {
    throw new IllegalStateException("no");
  }

  @AfterEach
  void noLoopHadADefect() {
    assertThat(runtime.defects).isEmpty();
  }

  @Test
  void anEventThatAlwaysFailsIsTriedInTheProcessAndThenDropped() {
    lane.with(event("a", "k")).with(event("b", "k"));
    Subscription subscription = subscribe(OPTIONS, RealtimeTest::fail);
    runtime.advance(Duration.ofMillis(150));
    assertThat(handled).containsExactly("a#1", "a#2");
    runtime.advance(Duration.ofSeconds(2));
    assertThat(handled).containsExactly("a#1", "a#2", "a#3", "b#1", "b#2", "b#3");
    assertThat(discarded).containsExactly("a exhausted", "b exhausted");
    assertThat(subscription.stats().discarded()).isEqualTo(2);
    assertThat(subscription.stats().deadLettered()).isZero();
    assertThat(driver.opened).as("topics that were written to").isEmpty();
  }

  @Test
  void whatIsRejectedOrCannotBeReadIsDroppedToo() {
    lane.with(event("a", "k"))
        .with(new LaneEvent.Undecodable(Position.of(2), new byte[1], Map.of(), "garbage"));
    subscribe(OPTIONS, delivery -> {
      throw new RejectEvent("never");
    });
    runtime.advance(Duration.ofSeconds(1));
    assertThat(handled).containsExactly("a#1");
    assertThat(discarded).containsExactlyInAnyOrder("a rejected", "? undecodable");
    assertThat(driver.opened).isEmpty();
  }

  @Test
  void holdKeepsTryingAndItsKeyWaits() {
    lane.with(event("a", "k")).with(event("b", "k")).with(event("c", "other"));
    subscribe(OPTIONS.withOnExhausted(OnExhausted.HOLD), delivery -> {
      if (delivery.event().id().equals("a")) {
        throw new IllegalStateException("no");
      }
    });
    runtime.advance(Duration.ofSeconds(10));
    assertThat(handled).contains("a#4", "c#1").doesNotContain("b#1");
    assertThat(discarded).isEmpty();
  }

  @Test
  void theWholeWindowMayFailAtOnceBecauseNoRecordMustHoldIt() {
    for (int i = 0; i < 900; i++) {
      lane.with(event("e" + i, "k" + i));
    }
    Subscription subscription = subscribe(
        OPTIONS.withBackoff(Backoff.fixed(Duration.ofHours(1))).withMaxInFlight(800),
        RealtimeTest::fail);
    runtime.advance(Duration.ofSeconds(1));
    assertThat(subscription.stats().inBackoff()).isEqualTo(800);
    assertThat(lane.longestRecord).isZero();
  }

  private static void assertRefused(String clause, ThrowingCallable call) {
    assertThatExceptionOfType(UnsupportedCapabilityException.class)
        .isThrownBy(call)
        .withMessageContaining("The driver memory does not offer clause " + clause)
        .withMessageContaining("NATS_USE_JETSTREAM=true");
  }

  @Test
  void aSubscriptionThatRequiresReliableIsRefused() {
    assertRefused("C4", () -> subscribe(OPTIONS.withRequires(Profile.RELIABLE), delivery -> {}));
    assertThat(driver.joined).isZero();
    subscribe(OPTIONS.withRequires(Profile.REALTIME), delivery -> {});
    assertThat(driver.joined).isEqualTo(1);
  }

  @Test
  void whatRequiresReliableGetsIt() {
    driver.laneOfGroup.put("billing", lane);
    BusFactory.over(driver, runtime, ConnectOptions.defaults())
        .subscribe("orders", "billing", delivery -> {}, OPTIONS.withRequires(Profile.RELIABLE));
    assertThat(driver.joined).isEqualTo(1);
  }

  @Test
  void whatNeedsAStoreIsRefusedAndNotAnsweredWrongly() {
    Subscription subscription = subscribe(OPTIONS, delivery -> {});
    assertRefused("F4", subscription::lag);
    assertRefused(
        "S3", () -> subscribe(OPTIONS.withStart(StartAt.at(Instant.EPOCH)), delivery -> {}));
    var later = PublishOptions.defaults().withDeliverAfter(Duration.ofSeconds(1));
    assertRefused("P9", () -> bus().publish("orders", event("a", "k"), later));
  }
}
