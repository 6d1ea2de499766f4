package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Backoff;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole bus on this driver, found by its name. */
class BusTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bus.db", Location.MEMORY})
  void eventsAreHandledInOrderAndFailuresGoToTheDeadLetters(String name) throws Exception {
    String file = name.equals(Location.MEMORY) ? name : folder.resolve(name).toString();
    var settings =
        Settings.of(Map.of(Settings.TYPE, EmbeddedProvider.ID, EmbeddedConfig.FILE, file));
    Map<String, List<String>> handled = new ConcurrentHashMap<>();
    var dead = new CopyOnWriteArrayList<String>();
    var options = SubscribeOptions.defaults()
        .withMaxAttempts(2)
        .withBackoff(new Backoff(Duration.ofMillis(10), 2, Duration.ofMillis(20), 0));
    try (EventBus bus = EventBus.connect(settings)) {
      bus.subscribe(
          "orders",
          "billing",
          delivery -> {
            Event event = delivery.event();
            if (event.text().equals("7")) {
              throw new IllegalStateException("no sevens");
            }
            handled
                .computeIfAbsent(String.valueOf(event.key()), key -> new CopyOnWriteArrayList<>())
                .add(event.text());
          },
          options);
      bus.subscribe(
          "orders.dlq.billing", "watch", delivery -> dead.add(delivery.event().text()));
      for (int i = 0; i < 200; i++) {
        bus.publish("orders", Event.of("key-" + i % 10, Integer.toString(i)))
            .get(20, TimeUnit.SECONDS);
      }
      await()
          .atMost(LONG)
          .until(() -> handled.values().stream().mapToInt(List::size).sum() == 199);
      await().atMost(LONG).until(() -> dead.equals(List.of("7")));
    }
    for (int key = 0; key < 10; key++) {
      int remainder = key;
      assertThat(handled.get("key-" + key))
          .allMatch(text -> Integer.parseInt(text) % 10 == remainder)
          .isSortedAccordingTo((x, y) -> Integer.compare(Integer.parseInt(x), Integer.parseInt(y)));
    }
    assertThat(Threads.ofDriver()).isEmpty();
  }
}
