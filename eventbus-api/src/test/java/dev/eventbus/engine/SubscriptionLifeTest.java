package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.eventbus.ConnectOptions;
import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Handler;
import dev.eventbus.RetryLater;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.SubscriptionState;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.DriverTraits.SettledAhead;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions of a whole bus over one lane in memory. */
@Timeout(20)
class SubscriptionLifeTest {

  private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final MemoryDriver driver =
      new MemoryDriver().opens(new MemoryWriter(Ordering.PIPELINED).answeringAtOnce());
  private final List<String> handled = new ArrayList<>();

  private EventBus virtualBus() {
    return BusFactory.over(driver, runtime, ConnectOptions.defaults());
  }

  private EventBus liveBus() {
    ConnectOptions options = ConnectOptions.defaults();
    return BusFactory.over(driver, BusFactory.liveRuntime(options), options);
  }

  private static Event event(String id) {
    return Event.builder().id(id).key("k").payload("p").build();
  }

  @Test
  void aRetryThatIsPutOffForEverWaitsLikeAnyOther() {
    driver.laneOfGroup.put("billing", MemoryLane.fresh(0).with(event("a")));
    Subscription subscription = virtualBus().subscribe("orders", "billing", delivery -> {
      throw new RetryLater(FOR_EVER);
    });
    runtime.advance(Duration.ofSeconds(1));
    assertThat(runtime.defects).isEmpty();
    assertThat(subscription.stats().inBackoff()).isEqualTo(1);
  }

  @Test
  void aDrainMayTakeForEver() {
    SubscribeOptions options = SubscribeOptions.defaults().withDrainTimeout(FOR_EVER);
    assertThatCode(() -> virtualBus().subscribe("orders", "billing", delivery -> {}, options))
        .doesNotThrowAnyException();
  }

  @Test
  void aSubscriptionMayBeClosedAndPausedAfterItsBus() {
    EventBus bus = liveBus();
    Subscription subscription = bus.subscribe("orders", "billing", delivery -> {});
    bus.close();
    assertThat(subscription.state()).isEqualTo(SubscriptionState.CLOSED);
    assertThatCode(() -> {
          subscription.close();
          subscription.resume();
          subscription.pause();
          subscription.pause();
        })
        .doesNotThrowAnyException();
  }

  @Test
  void aHandlerThatRunsWhileItsBusClosesMayStillPublish() throws InterruptedException {
    driver.laneOfGroup.put("billing", MemoryLane.fresh(0).with(event("a")));
    var entered = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    EventBus bus = liveBus();
    Subscription subscription = bus.subscribe("orders", "billing", delivery -> {
      entered.countDown();
      goOn.await();
      bus.publish("invoices", event("b")).get(10, TimeUnit.SECONDS);
    });
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    var closed = CompletableFuture.runAsync(bus::close);
    Awaitility.await().until(() -> subscription.state() == SubscriptionState.DRAINING);
    goOn.countDown();
    assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    assertThat(subscription.stats().failedAttempts())
        .as("R1: a shutdown uses none up")
        .isZero();
    assertThat(subscription.stats().settled()).isEqualTo(1);
  }

  @Test
  void aSuspectThatOutlivesItsSubscriptionGivesItsTurnUpWhenItEnds() {
    driver.laneOfGroup.put("billing", MemoryLane.orphaned(0, 48).with(event("a")));
    driver.laneOfGroup.put("audit", MemoryLane.orphaned(0, 48).with(event("b")));
    var handling = new CompletableFuture<Void>();
    EventBus bus = virtualBus();
    Subscription first = bus.subscribe(
        "orders",
        "billing",
        Handler.async(delivery -> handling),
        SubscribeOptions.defaults().withDrainTimeout(Duration.ZERO));
    runtime.advance(Duration.ofSeconds(1));
    assertThat(first.stats().inHandlers()).isEqualTo(1);
    var closed = CompletableFuture.runAsync(first::close);
    while (!closed.isDone()) {
      runtime.advance(Duration.ofMillis(1));
    }
    handling.complete(null);
    bus.subscribe("orders", "audit", one -> handled.add(one.event().id()));
    runtime.advance(Duration.ofSeconds(10));
    assertThat(runtime.defects).isEmpty();
    assertThat(handled).containsExactly("b");
  }

  @Test
  void aListenerThatThrowsAnErrorDoesNotStopItsKey() {
    driver.laneOfGroup.put("billing", MemoryLane.fresh(0).with(event("a")));
    var options = SubscribeOptions.defaults().withListener(new SubscriptionListener() {
      @Override
      public void attemptFailed(Delivery delivery, Throwable cause) {
        throw new NoClassDefFoundError("a listener's own defect");
      }
    });
    virtualBus()
        .subscribe(
            "orders",
            "billing",
            delivery -> {
              handled.add(delivery.event().id() + delivery.attempt());
              throw new IllegalStateException("no");
            },
            options);
    runtime.advance(Duration.ofSeconds(10));
    assertThat(handled).containsExactly("a1", "a2", "a3");
  }

  @ParameterizedTest
  @CsvSource({"RECORD,1000,100", "BROKER,1000,100", "RECORD,4000,200", "BROKER,4000,200"})
  void noRecordIsLongerThanTheDriverTakesAlthoughEverySuspectFails(
      SettledAhead keeper, int length, int window) {
    driver.traits = new DriverTraits(keeper, length);
    MemoryLane lane = MemoryLane.orphaned(0, window);
    for (int i = 0; i < 200; i++) {
      lane.with(Event.builder().id("e" + i).key("k" + i).payload("p").build());
    }
    driver.laneOfGroup.put("billing", lane);
    virtualBus()
        .subscribe(
            "orders",
            "billing",
            delivery -> {
              throw new IllegalStateException("no");
            },
            SubscribeOptions.defaults()
                .withMaxAttempts(1_000)
                .withConcurrency(window)
                .withMaxInFlight(window));
    runtime.advance(Duration.ofMinutes(1));
    assertThat(runtime.defects).isEmpty();
    assertThat(lane.longestRecord).isPositive().isLessThanOrEqualTo(length);
  }
}
