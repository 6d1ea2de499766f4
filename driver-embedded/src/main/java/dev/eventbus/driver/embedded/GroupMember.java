package dev.eventbus.driver.embedded;

import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.Progress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One member of a group in this driver. Its lanes belong to the reading loop, which alone calls the
 * observer; what other threads learn is posted to it.
 */
final class GroupMember implements Membership {

  private final JoinRequest request;
  private final LaneObserver observer;
  private final TopicRow topic;
  private final Wiring wiring;
  private volatile long group;
  private volatile Seat seat;
  private volatile boolean leaving;
  private volatile boolean retiring;

  private final HeldLanes lanes = new HeldLanes();
  private boolean waitsForSeat;
  private boolean claiming;
  private boolean degraded;
  private boolean failed;

  GroupMember(
      JoinRequest request,
      LaneObserver observer,
      TopicRow topic,
      long group,
      Seat seat,
      Wiring wiring) {
    this.request = request;
    this.observer = observer;
    this.topic = topic;
    this.group = group;
    this.seat = seat;
    this.wiring = wiring;
  }

  JoinRequest request() {
    return request;
  }

  TopicRow topic() {
    return topic;
  }

  long group() {
    return group;
  }

  Seat seat() {
    return seat;
  }

  /** Whether it wants no more lanes. */
  boolean isRetiring() {
    return retiring;
  }

  // Any thread.

  void wake() {
    wiring.signals().wake();
  }

  void submit(WriteOp op) {
    wiring.keeper().submit(op);
  }

  @Override
  public void retire() {
    if (!retiring) {
      retiring = true;
      submit(new Retire(this, wiring.signals()));
    }
  }

  @Override
  public CompletionStage<Void> leave() {
    var left = new CompletableFuture<Void>();
    leaving = true;
    retiring = true;
    submit(new Leave(this, wiring, left));
    return left;
  }

  /** Leaves a driver that is closed under it. */
  void leaveIfThere() {
    if (!leaving) {
      leave();
    }
  }

  // The keeper's thread.

  /** The member has a row again, after it lost the last one. */
  void reseated(long newGroup, Seat newSeat, List<Grant> grants) {
    group = newGroup;
    seat = newSeat;
    wiring.signals().post(() -> {
      waitsForSeat = false;
      granted(newSeat, grants);
    });
  }

  void notReseated() {
    wiring.signals().post(() -> waitsForSeat = false);
  }

  /** Somebody has removed the member's row. */
  void expelled() {
    Seat old = seat;
    wiring.signals().post(() -> loseAll(old, "the member was silent for its lease"));
  }

  /** A change of the lane found another owner. */
  void lost(OwnedLane lane, String why) {
    wiring.signals().post(() -> lose(lane, why));
  }

  void handedOver(OwnedLane lane) {
    wiring.signals().post(() -> lanes.remove(lane));
    wiring.signals().groupChanged(group);
  }

  /** A lane that is given back must not stay with a member that lives on: tries until it is free. */
  void notHandedOver(OwnedLane lane, Progress progress) {
    wiring.signals().post(() -> wiring.memberships().later(() -> retryHandOver(lane, progress)));
  }

  /** Others would wait for its share until it leaves: tries until they need not. */
  void notRetired() {
    wiring.signals().post(() -> wiring.memberships().later(this::retryRetire));
  }

  void claimed(Seat claimant, List<Grant> grants) {
    wiring.signals().post(() -> {
      claiming = false;
      granted(claimant, grants);
    });
  }

  // The reading loop.

  private void retryHandOver(OwnedLane lane, Progress progress) {
    if (lane.isReleased() && !leaving) {
      submit(new Settle(lane, progress, Settle.Then.HAND_OVER));
    }
  }

  private void retryRetire() {
    if (!leaving) {
      submit(new Retire(this, wiring.signals()));
    }
  }

  LaneObserver observer() {
    return observer;
  }

  HeldLanes lanes() {
    return lanes;
  }

  void granted(Seat claimant, List<Grant> grants) {
    if (leaving || claimant != seat || waitsForSeat) {
      return;
    }
    for (Grant grant : grants) {
      var lane = new OwnedLane(this, claimant, grant);
      lanes.add(lane);
      observer.granted(lane, lane.start());
    }
    wiring.signals().topicHere(topic.id());
  }

  /** Asks the engine to give back so many lanes. */
  void revoke(int count) {
    List<OwnedLane> kept = lanes.kept();
    for (OwnedLane lane : kept.subList(kept.size() - Math.min(count, kept.size()), kept.size())) {
      lane.revoking();
      observer.revoking(lane);
    }
  }

  void lose(OwnedLane lane, String why) {
    if (!lanes.remove(lane)) {
      return;
    }
    if (lane.lose() && !leaving) {
      observer.lost(lane, why);
    }
  }

  /** Gives up every lane of a seat, and asks for a new one. */
  void loseAll(Seat old, String why) {
    if (old != seat || waitsForSeat || leaving) {
      return;
    }
    for (OwnedLane lane : List.copyOf(lanes.all())) {
      lose(lane, why);
    }
    waitsForSeat = true;
    if (!retiring && !failed) {
      submit(new Rejoin(this, old, wiring));
    }
  }

  /** Gives up every lane when the lease has run out, and tries again to get a seat. */
  void checkLease(long now) {
    if (seat.expired(now)) {
      loseAll(seat, "the lease ran out before the member could write its beat");
    }
  }

  /** Tells the engine once when the driver begins to be in trouble, and once when it ends. */
  void tell(@Nullable String trouble) {
    if (trouble != null && !degraded) {
      degraded = true;
      observer.degraded(trouble);
    } else if (trouble == null && degraded) {
      degraded = false;
      observer.recovered();
    }
  }

  /** The membership cannot go on. */
  void fail(Throwable cause) {
    if (!failed && !leaving) {
      failed = true;
      observer.failed(cause);
    }
  }

  void claim() {
    if (!claiming && !waitsForSeat && !retiring) {
      claiming = true;
      submit(new Claim(this, seat));
    }
  }
}
