package dev.eventbus.engine;

import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/** Failed events by the time at which they are due again; one heap, no thread for each. */
final class RetrySchedule {

  /** Times differ by less than half of the clock's range, so their difference orders them. */
  private record Entry(long due, LaneWork lane, Slot slot) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return Long.compare(due - other.due, 0);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();

  void add(long due, LaneWork lane, Slot slot) {
    entries.add(new Entry(due, lane, slot));
  }

  /** Hands out what is due. Entries of lanes that are gone come too: the receiver drops them. */
  void drainDue(long now, BiConsumer<LaneWork, Slot> receiver) {
    Entry first = entries.peek();
    while (first != null && first.due - now <= 0) {
      entries.remove();
      receiver.accept(first.lane, first.slot);
      first = entries.peek();
    }
  }

  void forget(LaneWork lane) {
    entries.removeIf(entry -> entry.lane == lane);
  }

  /** Nanoseconds until the next one is due, or {@link Long#MAX_VALUE}. */
  long untilNext(long now) {
    Entry first = entries.peek();
    return first == null ? Long.MAX_VALUE : Math.max(0, first.due - now);
  }

  int size() {
    return entries.size();
  }
}
