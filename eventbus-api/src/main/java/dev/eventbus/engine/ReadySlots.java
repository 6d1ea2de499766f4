package dev.eventbus.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a lane that may start, lowest first: new ones and those that are tried again. One
 * whose identity a handler of an earlier ownership still holds is parked until that lets go.
 */
final class ReadySlots {

  private final PriorityQueue<Slot> fresh = byOrdinal();
  private final PriorityQueue<Slot> retries = byOrdinal();
  private final Set<Slot> parked = new LinkedHashSet<>();
  private final Set<Object> heldBefore;

  ReadySlots(Set<Object> heldBefore) {
    this.heldBefore = new HashSet<>(heldBefore);
  }

  private static PriorityQueue<Slot> byOrdinal() {
    return new PriorityQueue<>((a, b) -> Long.compare(a.ordinal, b.ordinal));
  }

  /** True when the slot has to wait for a handler of an earlier ownership. */
  boolean parks(Slot slot) {
    return !heldBefore.isEmpty() && heldBefore.contains(slot.identity()) && parked.add(slot);
  }

  /** A handler of an earlier ownership has let go; answers who waited for it. */
  List<Slot> letGo(Object identity) {
    var freed = new ArrayList<Slot>();
    if (heldBefore.remove(identity)) {
      parked.removeIf(slot -> slot.identity().equals(identity) && freed.add(slot));
    }
    return freed;
  }

  void add(Slot slot) {
    (slot.counted ? retries : fresh).add(slot);
  }

  /** Takes one out that is usually the first. */
  void remove(Slot slot) {
    PriorityQueue<Slot> queue = slot.counted ? retries : fresh;
    if (queue.peek() == slot) {
      queue.poll();
    } else {
      queue.remove(slot);
    }
  }

  @Nullable
  Slot firstRetry() {
    return retries.peek();
  }

  @Nullable
  Slot firstFresh() {
    return fresh.peek();
  }
}
