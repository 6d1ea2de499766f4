package dev.eventbus.spi;

import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import java.util.List;
import java.util.Optional;

/** Looks at topics and groups, and moves groups. Thread-safe; every call may block on the broker. */
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

  /**
   * Moves a stopped group as a new one would start there (S7): what lies before is settled, what
   * lies behind is not. The lanes' records are forgotten, so attempts run from 1, and an event that
   * is dead-lettered once more is stored once more.
   *
   * @throws dev.eventbus.DriverException if there is no such topic or group, or a member of it lives
   */
  void replay(String topic, String group, StartAt to);
}
