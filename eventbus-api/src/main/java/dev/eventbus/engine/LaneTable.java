package dev.eventbus.engine;

import dev.eventbus.spi.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that a member owns, and what handlers of lost ownerships still hold: the same lane may
 * come back while one of them runs, and no two handlers may hold one key (O1).
 */
final class LaneTable {

  private final List<LaneWork> lanes = new ArrayList<>();
  private final Map<Integer, Map<Object, Integer>> heldByNumber = new HashMap<>();
  private int cursor;

  void add(LaneWork lane) {
    lanes.add(lane);
  }

  void remove(LaneWork lane) {
    lanes.remove(lane);
  }

  /** The work of this very ownership, or null when it is gone. */
  @Nullable
  LaneWork find(Lane lane) {
    for (LaneWork work : lanes) {
      if (work.lane() == lane) {
        return work;
      }
    }
    return null;
  }

  List<LaneWork> all() {
    return lanes;
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** The lanes one after another, beginning with another one each time. */
  LaneWork inTurn() {
    cursor = cursor + 1 < lanes.size() ? cursor + 1 : 0;
    return lanes.get(cursor);
  }

  Set<Object> heldBefore(int number) {
    return heldByNumber.getOrDefault(number, Map.of()).keySet();
  }

  /** A lane is gone while a handler of it runs. */
  void holds(int number, Object identity) {
    heldByNumber
        .computeIfAbsent(number, unused -> new HashMap<>())
        .merge(identity, 1, Integer::sum);
  }

  /** That handler has ended. */
  void letGo(int number, Object identity) {
    Map<Object, Integer> held = heldByNumber.get(number);
    if (held == null) {
      return;
    }
    if (held.merge(identity, -1, Integer::sum) <= 0) {
      held.remove(identity);
      for (LaneWork lane : lanes) {
        if (lane.number() == number) {
          lane.letGo(identity);
        }
      }
    }
    if (held.isEmpty()) {
      heldByNumber.remove(number);
    }
  }
}
