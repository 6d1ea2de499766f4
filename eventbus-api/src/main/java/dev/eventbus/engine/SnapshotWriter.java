package dev.eventbus.engine;

import dev.eventbus.engine.LaneRecord.Tries;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the snapshot of a lane in one walk over its span. */
final class SnapshotWriter {

  private SnapshotWriter() {}

  static Snapshot write(LaneWork lane, boolean last) {
    Position base = base(lane);
    var ahead = new BitSet();
    int unsettled = 0;
    int weight = 0;
    int horizon = -1;
    int lastSuspect = 0;
    long startLimit = -1;
    LaneLimits limits = lane.limits();
    // Beyond the horizon only a bitmap and suspects are of interest.
    boolean whole = lane.recordKeepsAhead() || !lane.suspicion().isOver();
    for (Slot slot : lane.frontier().slots()) {
      if (horizon >= 0 && !whole) {
        break;
      }
      if (slot.state == Slot.State.SETTLED) {
        if (lane.recordKeepsAhead()) {
          mark(ahead, base, slot.position);
        }
        continue;
      }
      unsettled++;
      if (slot.suspect) {
        lastSuspect = unsettled;
      }
      if (horizon < 0 && (slot.queue == null || slot.queue.depthOf(slot) < limits.perKey())) {
        weight++;
        if (weight >= limits.ahead()) {
          horizon = unsettled;
          startLimit = slot.ordinal;
        }
      }
    }
    if (horizon < 0) {
      int room = limits.ahead() - weight;
      horizon = unsettled + room;
      startLimit = lane.nextOrdinal() - 1 + room;
    }
    int settledAhead = lane.frontier().settledAhead();
    if (lane.recordKeepsAhead()) {
      settledAhead += inheritedAhead(lane, base, ahead);
    }
    Suspicion suspicion = lane.suspicion();
    int underSuspicion =
        Math.max(lastSuspect, suspicion.notArrived() > 0 ? unsettled + suspicion.notArrived() : 0);
    boolean dirty = !last || !suspicion.isOver();
    int reach = Math.max(last ? 0 : limits.reach(), suspicion.reach());
    List<Position> settled = lane.committer().begin();
    if (!limits.hasRecord()) {
      return new Snapshot(
          new Progress(settled, lane.frontier().floor(), settledAhead, ""), startLimit);
    }
    var record = new LaneRecord(
        dirty,
        reach,
        last ? underSuspicion : Math.max(horizon, underSuspicion),
        // Where the broker knows the place, the record stays the same while all goes well, and a
        // driver need not write it again.
        lane.recordKeepsAhead() ? base : null,
        markOf(lane, last),
        tries(lane),
        ahead);
    return new Snapshot(
        new Progress(
            settled, lane.frontier().floor(), settledAhead, LaneRecordCodec.encode(record)),
        startLimit);
  }

  private static @Nullable Position base(LaneWork lane) {
    Slot lowest = lane.frontier().lowest();
    if (lowest != null) {
      return lowest.position;
    }
    Position floor = lane.frontier().floor();
    if (floor != null) {
      return new Position(floor.major(), floor.minor() + 1);
    }
    return lane.inherited().record().base();
  }

  private static void mark(BitSet ahead, @Nullable Position base, Position position) {
    if (base != null && base.major() == position.major()) {
      ahead.set(Math.toIntExact(position.minor() - base.minor()));
    }
  }

  /** Events that an earlier owner has settled and that have not arrived here yet. */
  private static int inheritedAhead(LaneWork lane, @Nullable Position base, BitSet ahead) {
    LaneRecord record = lane.inherited().record();
    Position from = record.base();
    Position last = lane.lastArrived();
    if (from == null || base == null || from.major() != base.major()) {
      return 0;
    }
    int count = 0;
    for (int bit = record.ahead().nextSetBit(0);
        bit >= 0;
        bit = record.ahead().nextSetBit(bit + 1)) {
      long minor = from.minor() + bit;
      boolean arrived = last != null && minor <= last.minor();
      if (!arrived && minor >= base.minor()) {
        ahead.set(Math.toIntExact(minor - base.minor()));
        count++;
      }
    }
    return count;
  }

  private static @Nullable Position markOf(LaneWork lane, boolean last) {
    Slot marked = lane.marked();
    return last || marked == null ? null : marked.position;
  }

  private static List<Tries> tries(LaneWork lane) {
    List<Tries> inherited = lane.inherited().beyond(lane.lastArrived());
    if (lane.tried().isEmpty()) {
      return inherited;
    }
    var all = new ArrayList<Tries>(lane.tried().size() + inherited.size());
    for (Slot slot : lane.tried()) {
      all.add(new Tries(
          slot.position,
          slot.attempts,
          slot.firstFailure,
          slot.lastFailure,
          Math.max(slot.lastFailure, slot.due),
          slot.fate));
    }
    all.addAll(inherited);
    return all;
  }
}
