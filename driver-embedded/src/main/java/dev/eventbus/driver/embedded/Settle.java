package dev.eventbus.driver.embedded;

import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes a lane's progress, and perhaps gives the lane free. */
final class Settle implements WriteOp {

  /** What becomes of the lane. */
  enum Then {
    KEEP,
    HAND_OVER
  }

  private final OwnedLane lane;
  private final Progress progress;
  private final Then then;
  private final CompletableFuture<Void> stage = new CompletableFuture<>();
  private boolean owned;

  Settle(OwnedLane lane, Progress progress, Then then) {
    this.lane = lane;
    this.progress = progress;
    this.then = then;
  }

  CompletionStage<Void> stage() {
    return stage;
  }

  @Override
  public void apply(Tables tables) throws SQLException {
    long next = then == Then.KEEP ? lane.key().owner() : 0;
    owned = tables
        .owners()
        .settle(lane.key(), floor(), progress.settledAhead(), progress.record(), next);
  }

  private long floor() {
    Position floor = progress.floor();
    return floor == null ? 0 : floor.minor();
  }

  @Override
  public void committed() {
    if (!owned) {
      lane.member().lost(lane, lane.lostText());
      stage.completeExceptionally(new LaneLostException(lane.lostText()));
      return;
    }
    long floor = Math.max(floor(), lane.saved().floor());
    lane.saved(new OwnedLane.Saved(floor, progress.settledAhead(), progress.record()));
    if (then == Then.HAND_OVER) {
      lane.member().handedOver(lane);
    }
    stage.complete(null);
  }

  @Override
  public void failed(Exception cause) {
    if (then == Then.HAND_OVER) {
      lane.member().notHandedOver(lane, progress);
    }
    stage.completeExceptionally(cause);
  }
}
