package dev.eventbus.cli;

import dev.eventbus.LaneLag;
import dev.eventbus.spi.TopicAdmin;
import java.util.ArrayList;
import java.util.List;

/**
 * A topic and how far its groups are.
 *
 * @param name the topic
 * @param lanes its lanes
 * @param events stored events
 * @param groups its groups, by name
 */
record TopicView(String name, int lanes, long events, List<GroupView> groups) {

  /**
   * A group and what it has not settled.
   *
   * @param name the group
   * @param lag one for each lane
   */
  record GroupView(String name, List<LaneLag> lag) {

    /** Over all lanes. */
    long events() {
      return lag.stream().mapToLong(LaneLag::events).sum();
    }
  }

  /** All topics, by name. */
  static List<TopicView> all(TopicAdmin admin) {
    var views = new ArrayList<TopicView>();
    for (var topic : admin.topics()) {
      views.add(
          new TopicView(topic.name(), topic.lanes(), topic.events(), groups(admin, topic.name())));
    }
    return views;
  }

  /** A topic's groups, by name. */
  static List<GroupView> groups(TopicAdmin admin, String topic) {
    return admin.groups(topic).stream()
        .map(group -> new GroupView(group, admin.lag(topic, group)))
        .toList();
  }
}
