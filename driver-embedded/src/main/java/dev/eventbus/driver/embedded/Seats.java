package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes rows for members, each with its lock, and gives them back. */
final class Seats {

  private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

  private Seats() {}

  /** A new row; locked before others can see it. */
  static Seat take(Tables tables, Wiring wiring, long group, long leaseMillis)
      throws SQLException, StoreException {
    long since = wiring.clock().nanos();
    long id = tables.groups().addMember(group, wiring.signals().port(), leaseMillis);
    try {
      wiring.locks().hold(id);
    } catch (IOException failure) {
      throw Texts.memberLocks(failure);
    }
    return new Seat(id, leaseMillis, since);
  }

  /** Gives the lock of a row back that is gone. */
  static void giveBack(Wiring wiring, Seat seat) {
    try {
      wiring.locks().release(seat.member());
    } catch (IOException failure) {
      LOG.warn("The lock of member {} stays until the process ends", seat.member(), failure);
    }
  }
}
