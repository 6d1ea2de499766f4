package dev.eventbus.driver.embedded;

import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes a member, and its topic and group where they do not exist. */
final class Join implements WriteOp {

  private final JoinRequest request;
  private final LaneObserver observer;
  private final Wiring wiring;
  private final CompletableFuture<GroupMember> joined = new CompletableFuture<>();
  private @Nullable Seat seat;
  private @Nullable GroupMember member;
  private List<Grant> grants = List.of();

  Join(JoinRequest request, LaneObserver observer, Wiring wiring) {
    this.request = request;
    this.observer = observer;
    this.wiring = wiring;
  }

  /** The member; cancelled by a caller that no longer waits. */
  CompletableFuture<GroupMember> joined() {
    return joined;
  }

  @Override
  public void apply(Tables tables) throws SQLException, StoreException {
    if (joined.isDone()) {
      return;
    }
    TopicRow topic = tables.topics().open(request.topic());
    long group = tables.groups().open(topic, request);
    Seat taken = Seats.take(tables, wiring, group, request.lease().toMillis());
    seat = taken;
    grants = tables.owners().claim(group, taken.member());
    member = new GroupMember(request, observer, topic, group, taken, wiring);
  }

  @Override
  public void committed() {
    GroupMember made = member;
    if (made == null) {
      return;
    }
    wiring.beats().add(made);
    wiring.signals().post(() -> wiring.memberships().add(made, grants));
    wiring.signals().groupChanged(made.group());
    if (!joined.complete(made)) {
      made.leave();
    }
  }

  @Override
  public void failed(Exception cause) {
    if (seat != null) {
      Seats.giveBack(wiring, seat);
    }
    joined.completeExceptionally(cause);
  }
}
