package dev.eventbus.engine;

import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A lane of the model's group as its broker keeps it. */
final class ModelLane {

  /** Which half of the settles survives: what the broker knows, or what the record says. */
  enum Memory {
    EACH_SETTLE,
    FLOOR_AND_RECORD
  }

  final int number;
  final ModelLog log;
  private final Memory memory;
  private final TreeSet<Position> settled = new TreeSet<>();
  private @Nullable Position floor;
  private String record = "";
  private long epoch;

  @Nullable
  ModelMember owner;

  ModelLane(int number, ModelLog log, Memory memory) {
    this.number = number;
    this.log = log;
    this.memory = memory;
  }

  /** Settles of a former owner count where each is kept; floor and record are fenced. */
  boolean apply(long byEpoch, Progress progress) {
    if (memory == Memory.EACH_SETTLE) {
      settled.addAll(progress.settled());
    }
    if (byEpoch != epoch) {
      return false;
    }
    record = progress.record();
    Position reached = progress.floor();
    if (memory == Memory.FLOOR_AND_RECORD && reached != null) {
      if (floor != null && reached.compareTo(floor) < 0) {
        throw new AssertionError("the floor went back from " + floor + " to " + reached);
      }
      floor = reached;
    }
    return true;
  }

  long grantTo(ModelMember member) {
    owner = member;
    return ++epoch;
  }

  long epoch() {
    return epoch;
  }

  LaneStart start() {
    var events = log.events();
    Position end = events.isEmpty() ? null : events.get(events.size() - 1).position();
    return new LaneStart(floor, end, record);
  }

  boolean needsDelivery(Position position) {
    return memory == Memory.EACH_SETTLE
        ? !settled.contains(position)
        : floor == null || position.compareTo(floor) > 0;
  }

  boolean isDrained() {
    return log.events().stream().noneMatch(stored -> needsDelivery(stored.position()));
  }
}
