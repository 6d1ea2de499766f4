package dev.eventbus.driver.embedded;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lanes that a member has or has had. Changed by the reading loop alone. */
final class HeldLanes {

  private final Map<Long, OwnedLane> present = new LinkedHashMap<>();
  private final Map<Long, OwnedLane> lastKnown = new LinkedHashMap<>();

  void add(OwnedLane lane) {
    present.put(lane.key().lane(), lane);
    lastKnown.put(lane.key().lane(), lane);
  }

  /** False if it was gone before. */
  boolean remove(OwnedLane lane) {
    return present.remove(lane.key().lane(), lane);
  }

  Collection<OwnedLane> all() {
    return present.values();
  }

  /** Those that the member need not give up, by number. */
  List<OwnedLane> kept() {
    return present.values().stream()
        .filter(OwnedLane::isKept)
        .sorted(Comparator.comparingInt(OwnedLane::number))
        .toList();
  }

  /**
   * Where each lane was when the member last had it, for a group that must be made anew. Read by the
   * keeper only while the member waits for a new row, when nothing is added.
   */
  Map<Long, OwnedLane> lastKnown() {
    return lastKnown;
  }
}
