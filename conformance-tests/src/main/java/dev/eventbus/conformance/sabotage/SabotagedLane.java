package dev.eventbus.conformance.sabotage;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A lane that keeps other accounts than the engine believes. */
final class SabotagedLane implements Lane {

  private static final long FOR_EVER = Duration.ofDays(1).toNanos();

  private final Lane lane;
  private final LaneStart start;
  private final Saboteur saboteur;
  private volatile Progress last;
  private volatile boolean givenAway;
  private volatile boolean brokerWasAway;
  private boolean hadBatch;

  SabotagedLane(Lane lane, LaneStart start, Saboteur saboteur) {
    this.lane = lane;
    this.start = start;
    this.saboteur = saboteur;
    this.last = new Progress(List.of(), start.floor(), 0, start.record());
  }

  boolean wasOwnedBefore() {
    return !start.record().isEmpty();
  }

  /** A lane that had owners and has no record: somebody has moved its group. */
  boolean wasMoved() {
    return lane.fence() > 1 && start.record().isEmpty();
  }

  boolean isFirstBatch() {
    boolean first = !hadBatch;
    hadBatch = true;
    return first;
  }

  /** What comes next is the first batch again. */
  void brokerWentAway() {
    brokerWasAway = true;
    hadBatch = false;
  }

  /** Releases the lane behind the engine's back, which goes on with what it has. */
  void giveAway() {
    givenAway = true;
    lane.release(last);
  }

  void settleAll(List<LaneEvent> batch) {
    List<Position> positions = batch.stream().map(LaneEvent::position).toList();
    lane.commit(new Progress(positions, positions.get(positions.size() - 1), 0, start.record()));
  }

  @Override
  public int number() {
    return lane.number();
  }

  @Override
  public long fence() {
    return lane.fence();
  }

  @Override
  public long leaseUntil() {
    return givenAway || saboteur == Saboteur.KEEPS_LOST_LANES
        ? System.nanoTime() + FOR_EVER
        : lane.leaseUntil();
  }

  @Override
  public void request(int events, long bytes) {
    lane.request(events, bytes);
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    if (givenAway || saboteur == Saboteur.SETTLES_ON_ARRIVAL) {
      return CompletableFuture.completedFuture(null);
    }
    if (forgets()) {
      return lane.commit(forgetful(progress));
    }
    last = progress;
    CompletionStage<Void> stage = lane.commit(progress);
    return saboteur == Saboteur.KEEPS_LOST_LANES ? stage.exceptionally(shutOut -> null) : stage;
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    if (givenAway) {
      return CompletableFuture.completedFuture(null);
    }
    return lane.release(
        saboteur == Saboteur.SETTLES_ON_ARRIVAL
            ? last
            : forgets() ? forgetful(progress) : progress);
  }

  private boolean forgets() {
    return saboteur == Saboteur.FORGETS_SETTLES
        || (brokerWasAway && saboteur == Saboteur.FORGETS_SETTLES_ONCE_BACK);
  }

  private Progress forgetful(Progress progress) {
    return new Progress(List.of(), start.floor(), 0, progress.record());
  }
}
