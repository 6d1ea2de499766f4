package dev.eventbus.driver.embedded;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a new row for a member that has lost its lanes, and frees what the old one still has. */
final class Rejoin implements WriteOp {

  private final GroupMember member;
  private final Seat old;
  private final Wiring wiring;
  private long group;
  private @Nullable Seat seat;
  private List<Grant> grants = List.of();

  Rejoin(GroupMember member, Seat old, Wiring wiring) {
    this.member = member;
    this.old = old;
    this.wiring = wiring;
  }

  @Override
  public void apply(Tables tables) throws SQLException, StoreException {
    if (member.isRetiring()) {
      return;
    }
    tables.topics().checkExists(member.topic());
    tables.groups().remove(member.group(), old.member());
    group =
        tables.groups().open(member.topic(), member.request(), member.lanes().lastKnown());
    seat = Seats.take(tables, wiring, group, TimeUnit.NANOSECONDS.toMillis(old.leaseNanos()));
    grants = tables.owners().claim(group, seat.member());
  }

  @Override
  public void committed() {
    Seat taken = seat;
    if (taken == null) {
      return;
    }
    Seats.giveBack(wiring, old);
    member.reseated(group, taken, grants);
    wiring.signals().groupChanged(group);
  }

  @Override
  public void failed(Exception cause) {
    if (seat != null) {
      Seats.giveBack(wiring, seat);
    }
    member.notReseated();
  }
}
