package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.ConnectOptions;
import dev.eventbus.EventBus;
import dev.eventbus.Health;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** C3: drops of the realtime profile's client are told, and for how long. */
class DropsTest {

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final MemoryDriver driver = new MemoryDriver();
  private final MemoryLane lane = MemoryLane.fresh(3);
  private final List<String> told = new ArrayList<>();

  private Subscription subscribed() {
    driver.laneOfGroup.put("billing", lane);
    EventBus bus = BusFactory.over(driver, runtime, ConnectOptions.defaults());
    var options = SubscribeOptions.defaults().withListener(new SubscriptionListener() {
      @Override
      public void dropped(String topic, int number, long events) {
        told.add(topic + "/" + number + " " + events);
      }
    });
    Subscription subscription = bus.subscribe("orders", "billing", delivery -> {}, options);
    runtime.advance(Duration.ofSeconds(1));
    return subscription;
  }

  @Test
  void whatWasDroppedIsCountedToldAndShown() {
    Subscription subscription = subscribed();
    lane.drop(7);
    lane.drop(5);
    runtime.advance(Duration.ofSeconds(1));
    assertThat(subscription.stats().dropped()).isEqualTo(12);
    assertThat(told).containsExactly("orders/3 7", "orders/3 5");
    assertThat(subscription.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(subscription.health().reason()).contains("12 events of topic orders", "lane 3");
  }

  @Test
  void afterAQuietMinuteHealthIsUpAgainAndTheCountStays() {
    Subscription subscription = subscribed();
    lane.drop(7);
    runtime.advance(Duration.ofSeconds(59));
    lane.drop(1);
    runtime.advance(Duration.ofSeconds(59));
    assertThat(subscription.health().state()).isEqualTo(Health.State.DEGRADED);
    runtime.advance(Duration.ofSeconds(2));
    assertThat(subscription.health().state()).isEqualTo(Health.State.UP);
    assertThat(subscription.stats().dropped()).isEqualTo(8);
    lane.drop(2);
    runtime.advance(Duration.ofSeconds(1));
    assertThat(subscription.health().reason()).contains("2 events");
  }
}
