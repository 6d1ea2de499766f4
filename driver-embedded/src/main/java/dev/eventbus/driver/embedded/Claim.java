package dev.eventbus.driver.embedded;

import java.sql.SQLException;
import java.util.List;

/** Takes free lanes, up to the member's share. */
final class Claim implements WriteOp {

  private final GroupMember member;
  private final Seat seat;
  private List<Grant> grants = List.of();

  Claim(GroupMember member, Seat seat) {
    this.member = member;
    this.seat = seat;
  }

  @Override
  public void apply(Tables tables) throws SQLException {
    if (!member.isRetiring() && member.seat() == seat) {
      grants = tables.owners().claim(member.group(), seat.member());
    }
  }

  @Override
  public void committed() {
    member.claimed(seat, grants);
  }

  @Override
  public void failed(Exception cause) {
    member.claimed(seat, List.of());
  }
}
