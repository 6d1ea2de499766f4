package dev.eventbus.driver.embedded;

import java.sql.SQLException;

/** Takes a member's share of the lanes away; it keeps those that it has until it releases them. */
final class Retire implements WriteOp {

  private final GroupMember member;
  private final Signals signals;

  Retire(GroupMember member, Signals signals) {
    this.member = member;
    this.signals = signals;
  }

  @Override
  public void apply(Tables tables) throws SQLException {
    tables.groups().retire(member.seat().member());
  }

  @Override
  public void committed() {
    signals.groupChanged(member.group());
  }

  @Override
  public void failed(Exception cause) {
    member.notRetired();
  }
}
