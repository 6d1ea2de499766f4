package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A lane that delivers the events of a test as they are asked for, and commits at once. */
final class MemoryLane implements Lane {

  /** The longest record that was committed. */
  int longestRecord;

  private final int number;
  private final LaneStart start;
  private final Queue<LaneEvent> log = new ArrayDeque<>();
  private @Nullable LaneObserver observer;
  private int events;
  private long bytes;

  private MemoryLane(int number, LaneStart start) {
    this.number = number;
    this.start = start;
  }

  /** A lane that nobody has owned. */
  static MemoryLane fresh(int number) {
    return new MemoryLane(number, new LaneStart(null, null, ""));
  }

  /** A lane whose last owner died with so many events started that its record does not tell of. */
  static MemoryLane orphaned(int number, int reach) {
    var left =
        new LaneRecord(true, reach, 2 * reach, Position.of(1), null, List.of(), new BitSet());
    return new MemoryLane(number, new LaneStart(null, null, LaneRecordCodec.encode(left)));
  }

  MemoryLane with(Event event) {
    return with(new LaneEvent.Decoded(Position.of(log.size() + 1), event));
  }

  MemoryLane with(LaneEvent event) {
    log.add(event);
    return this;
  }

  /** The client has dropped some that came too fast. */
  void drop(long dropped) {
    Objects.requireNonNull(observer).dropped(this, dropped);
  }

  void grantTo(LaneObserver owner) {
    observer = owner;
    owner.granted(this, start);
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long fence() {
    return 1;
  }

  @Override
  public long leaseUntil() {
    return Long.MAX_VALUE;
  }

  @Override
  public void request(int moreEvents, long moreBytes) {
    events += moreEvents;
    bytes += moreBytes;
    while (observer != null && !log.isEmpty() && events > 0 && bytes > 0) {
      LaneEvent next = log.remove();
      events--;
      bytes -= next.bytes();
      observer.arrived(this, List.of(next));
    }
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    longestRecord = Math.max(longestRecord, progress.record().length());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    return CompletableFuture.completedFuture(null);
  }
}
