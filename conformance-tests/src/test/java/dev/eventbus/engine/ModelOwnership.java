package dev.eventbus.engine;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One ownership of a lane: the driver's side and its channel from the broker. */
final class ModelOwnership implements Lane {

  private final ModelBroker broker;
  final ModelLane lane;
  final ModelMember member;
  private final long epoch;
  private int cursor;
  private long credit;
  private long byteCredit;
  boolean revoking;
  boolean over;

  ModelOwnership(ModelBroker broker, ModelLane lane, ModelMember member) {
    this.broker = broker;
    this.lane = lane;
    this.member = member;
    this.epoch = lane.grantTo(member);
  }

  @Override
  public int number() {
    return lane.number;
  }

  @Override
  public long fence() {
    return epoch;
  }

  @Override
  public long leaseUntil() {
    return member.surely + member.leaseNanos;
  }

  @Override
  public void request(int events, long bytes) {
    broker.sendToBroker(member.process, () -> {
      credit += events;
      byteCredit += bytes;
      deliver();
    });
  }

  /** Sends what credit and chance allow; the rest follows. */
  void deliver() {
    if (over || lane.epoch() != epoch) {
      return;
    }
    var batch = new ArrayList<LaneEvent>();
    List<ModelLog.Stored> events = lane.log.events();
    long most = broker.time().between(1, 20);
    while (cursor < events.size() && credit > 0 && byteCredit > 0 && batch.size() < most) {
      ModelLog.Stored stored = events.get(cursor++);
      if (lane.needsDelivery(stored.position())) {
        batch.add(new LaneEvent.Decoded(stored.position(), stored.event()));
        credit--;
        byteCredit -= stored.event().payload().length;
      }
    }
    if (!batch.isEmpty()) {
      broker.sendToMember(member, () -> {
        if (!over) {
          member.observer.arrived(this, batch);
        }
      });
      broker.later(this::deliver);
    }
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    var done = new CompletableFuture<Void>();
    broker.commit(this, progress, done);
    return done;
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    var done = new CompletableFuture<Void>();
    broker.sendToBroker(member.process, () -> {
      boolean fenced = !lane.apply(epoch, progress);
      over = true;
      member.owned.remove(this);
      if (lane.owner == member && lane.epoch() == epoch) {
        lane.owner = null;
      }
      broker.sendToMember(member, () -> {
        if (fenced) {
          done.completeExceptionally(new LaneLostException("fenced by epoch " + lane.epoch()));
        } else {
          done.complete(null);
        }
      });
      broker.rebalance();
    });
    return done;
  }

  /** On the broker's side of a commit. */
  boolean apply(Progress progress) {
    return lane.apply(epoch, progress);
  }
}
