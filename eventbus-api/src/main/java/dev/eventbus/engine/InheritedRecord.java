package dev.eventbus.engine;

import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.engine.LaneRecord.Tries;
import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last owner wrote of events that have not arrived yet; it stays in this owner's records
 * until they have, so that no crash in between forgets it.
 */
final class InheritedRecord {

  private final LaneRecord record;
  private final Map<Position, Tries> tries = new LinkedHashMap<>();

  /** The owner that died while the marked event ran alone has used up one of its attempts (R5). */
  InheritedRecord(LaneRecord record) {
    this.record = record;
    record.tries().forEach(one -> tries.put(one.position(), one));
  }

  /** Adds the death to the marked event's attempts. */
  void chargeMark(long wallMillis) {
    Position mark = record.mark();
    if (!record.dirty() || mark == null) {
      return;
    }
    Tries known = tries.get(mark);
    tries.put(
        mark,
        known == null
            ? new Tries(mark, 1, wallMillis, wallMillis, wallMillis, Fate.CRASHED)
            : new Tries(
                mark,
                known.attempts() + 1,
                known.firstFailure(),
                wallMillis,
                wallMillis,
                Fate.CRASHED));
  }

  boolean isAhead(Position position) {
    return record.isAhead(position);
  }

  /** The tries of an event that has arrived. */
  @Nullable
  Tries take(Position position) {
    return tries.isEmpty() ? null : tries.remove(position);
  }

  int triesNotArrived() {
    return tries.size();
  }

  /** Those of events that may still arrive. */
  List<Tries> beyond(@Nullable Position lastArrived) {
    if (tries.isEmpty()) {
      return List.of();
    }
    if (lastArrived != null) {
      tries.keySet().removeIf(position -> position.compareTo(lastArrived) <= 0);
    }
    return new ArrayList<>(tries.values());
  }

  LaneRecord record() {
    return record;
  }
}
