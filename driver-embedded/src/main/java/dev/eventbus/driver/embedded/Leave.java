package dev.eventbus.driver.embedded;

import dev.eventbus.spi.JoinRequest.GroupKind;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Removes a member, and its group if that is ephemeral. */
final class Leave implements WriteOp {

  private final GroupMember member;
  private final Wiring wiring;
  private final CompletableFuture<Void> left;

  Leave(GroupMember member, Wiring wiring, CompletableFuture<Void> left) {
    this.member = member;
    this.wiring = wiring;
    this.left = left;
  }

  @Override
  public void apply(Tables tables) throws SQLException {
    long row = member.seat().member();
    if (member.request().kind() == GroupKind.EPHEMERAL) {
      tables.groups().drop(member.group(), row);
    } else {
      tables.groups().leave(member.group(), row);
    }
  }

  @Override
  public void committed() {
    Seats.giveBack(wiring, member.seat());
    wiring.signals().groupChanged(member.group());
    end();
  }

  /** The row stays; without a beat it passes away with its lease. */
  @Override
  public void failed(Exception cause) {
    end();
  }

  private void end() {
    wiring.beats().remove(member);
    wiring.signals().post(() -> {
      wiring.memberships().remove(member);
      left.complete(null);
    });
  }
}
