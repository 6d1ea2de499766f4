package dev.eventbus.driver.embedded;

import java.sql.SQLException;

/** Removes a dead member of another driver, so that its lanes are free. */
final class Bury implements WriteOp {

  private final MemberRow dead;
  private final Signals signals;
  private final Runnable done;

  Bury(MemberRow dead, Signals signals, Runnable done) {
    this.dead = dead;
    this.signals = signals;
    this.done = done;
  }

  @Override
  public void apply(Tables tables) throws SQLException {
    // A beat since we looked: it lives, and counts on its lanes.
    if (tables.groups().beatOf(dead.id()) == dead.beat()) {
      tables.groups().bury(dead.group(), dead.id());
    }
  }

  @Override
  public void committed() {
    signals.post(done);
    signals.groupChanged(dead.group());
  }

  @Override
  public void failed(Exception cause) {
    signals.post(done);
  }
}
