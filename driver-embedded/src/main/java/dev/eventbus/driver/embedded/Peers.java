package dev.eventbus.driver.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the other drivers listen that have members.
 *
 * @param byTopic ports by topic
 * @param byGroup ports by group
 */
record Peers(Map<Long, List<Integer>> byTopic, Map<Long, List<Integer>> byGroup) {

  static final Peers NONE = new Peers(Map.of(), Map.of());

  /** The ports of these members but for our own. */
  static Peers of(List<MemberRow> members, int ownPort) {
    var topics = new HashMap<Long, List<Integer>>();
    var groups = new HashMap<Long, List<Integer>>();
    for (MemberRow member : members) {
      if (member.port() != 0 && member.port() != ownPort) {
        add(topics, member.topic(), member.port());
        add(groups, member.group(), member.port());
      }
    }
    return new Peers(topics, groups);
  }

  private static void add(Map<Long, List<Integer>> ports, long id, int port) {
    List<Integer> known = ports.computeIfAbsent(id, any -> new ArrayList<>());
    if (!known.contains(port)) {
      known.add(port);
    }
  }

  List<Integer> ofTopic(long topic) {
    return byTopic.getOrDefault(topic, List.of());
  }

  List<Integer> ofGroup(long group) {
    return byGroup.getOrDefault(group, List.of());
  }
}
