package dev.eventbus.engine;

import dev.eventbus.spi.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a lane may have been in a handler when its last owner died, and whose turn it is
 * to run alone.
 *
 * <p>The last owner had started none but the first {@code horizon} unsettled events, and at most
 * {@code reach} of those beyond its record; it started lower events first. So an event is suspect
 * only if the keys that come before its own and the events of its key that come before it are
 * together fewer than the reach. Keys whose first event has failed are not counted: it is in the
 * record, not beyond it.
 */
final class Suspicion {

  /** What the record says of an event. */
  enum Past {
    /** Nothing. */
    UNKNOWN,
    /** It has failed before, and may have been tried again. */
    TRIED,
    /** It has failed and is not due yet: it was in no handler when the owner died. */
    WAITING
  }

  private final LaneRecord record;
  private final @Nullable Position end;
  private final Map<String, Integer> seenOfKey = new HashMap<>();
  private final PriorityQueue<Slot> ready =
      new PriorityQueue<>((a, b) -> Long.compare(a.ordinal, b.ordinal));
  private boolean open;
  private int seen;
  private int heads;
  private int pending;
  private @Nullable Slot marked;
  private long markedSince;
  private long unmarkedSince;

  Suspicion(LaneRecord record, @Nullable Position end) {
    this.record = record;
    this.end = end;
    this.open = record.dirty() && record.horizon() > 0;
  }

  /** Judges the next unsettled event of the lane; call once for each, in log order. */
  boolean suspects(Position position, @Nullable String key, Past past) {
    boolean tried = past == Past.TRIED && record.dirty();
    if (!open) {
      return tried;
    }
    if (seen >= record.horizon() || (end != null && position.compareTo(end) > 0)) {
      open = false;
      seenOfKey.clear();
      return tried;
    }
    seen++;
    int before = key == null ? 0 : seenOfKey.merge(key, 1, Integer::sum) - 1;
    int keysBefore = before == 0 ? heads : heads - 1;
    if (before == 0 && past == Past.UNKNOWN) {
      heads++;
    }
    return past != Past.WAITING && (tried || keysBefore + before < record.reach());
  }

  void add(Slot slot) {
    slot.suspect = true;
    pending++;
  }

  void ready(Slot slot) {
    ready.add(slot);
  }

  /** It has run alone, or cannot have run before: the lane is past it. */
  void clear(Slot slot) {
    if (slot.suspect) {
      slot.suspect = false;
      pending--;
      ready.remove(slot);
    }
  }

  @Nullable
  Slot nextReady() {
    return ready.peek();
  }

  void takeReady(Slot slot) {
    ready.remove(slot);
  }

  /** Names the suspect that will run alone once this change of the lane is durable. */
  void mark(Slot slot, long change) {
    marked = slot;
    markedSince = change;
  }

  void unmark(long change) {
    marked = null;
    unmarkedSince = change;
  }

  boolean unmarkIsDurable(long durable) {
    return marked == null && durable >= unmarkedSince;
  }

  @Nullable
  Slot marked() {
    return marked;
  }

  boolean markIsDurable(long durable) {
    return marked != null && durable >= markedSince;
  }

  /** How many unsettled events must still be under suspicion beyond those that have arrived. */
  int notArrived() {
    return open ? Math.max(0, record.horizon() - seen) : 0;
  }

  boolean isOver() {
    return pending == 0 && !open;
  }

  int reach() {
    return isOver() ? 0 : record.reach();
  }
}
