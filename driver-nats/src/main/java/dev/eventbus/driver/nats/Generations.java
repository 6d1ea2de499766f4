package dev.eventbus.driver.nats;

import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the lanes of this process's groups were made. A replay makes them anew (S7), and an event that
 * is dead-lettered after one is another dead letter than that before. Thread-safe.
 */
final class Generations {

  private record Lane(String topic, String group, int number) {}

  private final Map<Lane, String> created = new ConcurrentHashMap<>();

  void put(String topic, String group, int lane, ZonedDateTime made) {
    created.put(new Lane(topic, group, lane), made.toInstant().toString());
  }

  /** Tells the generations of a lane apart; empty for a lane that this process never owned. */
  String of(String topic, String group, int lane) {
    return created.getOrDefault(new Lane(topic, group, lane), "");
  }
}
