package dev.eventbus.spi;

import dev.eventbus.LaneLag;
import java.util.List;
import java.util.Optional;

/** Looks at topics and groups. Thread-safe; every call may block on the broker. */
public interface TopicAdmin {

  /** Every topic of the bus on this broker, dead-letter topics included, by name. */
  List<TopicInfo> topics();

  /** One topic, or empty when it does not exist. */
  Optional<TopicInfo> topic(String name);

  /** The durable groups of a topic, by name. */
  List<String> groups(String topic);

  /**
   * What a group has not settled, one for each lane in order (F4).
   *
   * @throws dev.eventbus.DriverException if there is no such topic or group
   */
  List<LaneLag> lag(String topic, String group);
}
