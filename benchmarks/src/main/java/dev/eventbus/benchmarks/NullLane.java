package dev.eventbus.benchmarks;

import dev.eventbus.Event;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** A lane without a broker: events are there at once, commits are durable at once. */
final class NullLane implements Lane {

  private static final int BATCH = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final LaneObserver observer;
  private final int number;
  private final List<Event> events;
  private long offset;
  private long left;
  private long credit;

  NullLane(LaneObserver observer, int number, List<Event> events) {
    this.observer = observer;
    this.number = number;
    this.events = events;
  }

  void grant() {
    observer.granted(this, new LaneStart(null, null, ""));
  }

  /** Lets so many further events be delivered. */
  void feed(long count) {
    lock.lock();
    try {
      left += count;
      deliver();
    } finally {
      lock.unlock();
    }
  }

  private void deliver() {
    long count = Math.min(left, credit);
    while (count > 0) {
      int size = (int) Math.min(count, BATCH);
      var batch = new ArrayList<LaneEvent>(size);
      for (int i = 0; i < size; i++) {
        Event event = events.get((int) (offset % events.size()));
        batch.add(new LaneEvent.Decoded(Position.of(++offset), event));
      }
      left -= size;
      credit -= size;
      count -= size;
      observer.arrived(this, batch);
    }
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
    return System.nanoTime() + 1_000_000_000L;
  }

  @Override
  public void request(int count, long bytes) {
    lock.lock();
    try {
      credit += count;
      deliver();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    return CompletableFuture.completedFuture(null);
  }
}
