package dev.eventbus.driver.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns which lane of a group and how far it is, within a transaction of the keeper. A change of
 * a lane holds only while owner and epoch still match: this is the fence.
 */
final class OwnTable {

  private final Prepared sharing;
  private final Prepared owners;
  private final Prepared claim;
  private final Prepared laneRow;
  private final Prepared settle;

  OwnTable(WriteSession session) throws StoreException {
    sharing = session.prepare("SELECT id FROM member WHERE grp = ? AND sharing = 1 ORDER BY id");
    owners = session.prepare("SELECT lane, owner FROM own WHERE grp = ? ORDER BY lane");
    claim = session.prepare(
        "UPDATE own SET owner = ?, epoch = epoch + 1 WHERE grp = ? AND lane = ? AND owner = 0"
            + " RETURNING epoch, floor, ahead, state");
    laneRow = session.prepare("SELECT no, head FROM lane WHERE id = ?");
    settle = session.prepare("UPDATE own SET floor = max(floor, ?), ahead = ?, state = ?, owner = ?"
        + " WHERE grp = ? AND lane = ? AND epoch = ? AND owner = ?");
  }

  /** Gives the member free lanes up to its fair share. */
  List<Grant> claim(long group, long member) throws SQLException {
    var free = new ArrayList<Long>();
    int lanes = 0;
    int mine = 0;
    owners.setLong(1, group);
    try (ResultSet result = owners.executeQuery()) {
      while (result.next()) {
        lanes++;
        long owner = result.getLong(2);
        if (owner == 0) {
          free.add(result.getLong(1));
        } else if (owner == member) {
          mine++;
        }
      }
    }
    int wanted = FairShare.of(member, sharing(group), lanes) - mine;
    var grants = new ArrayList<Grant>();
    for (long lane : free) {
      if (grants.size() < wanted) {
        grants.add(take(group, lane, member));
      }
    }
    return grants;
  }

  private List<Long> sharing(long group) throws SQLException {
    var ids = new ArrayList<Long>();
    sharing.setLong(1, group);
    try (ResultSet result = sharing.executeQuery()) {
      while (result.next()) {
        ids.add(result.getLong(1));
      }
    }
    return ids;
  }

  private Grant take(long group, long lane, long member) throws SQLException {
    laneRow.setLong(1, lane);
    claim.setLong(1, member);
    claim.setLong(2, group);
    claim.setLong(3, lane);
    try (ResultSet row = laneRow.executeQuery();
        ResultSet own = claim.executeQuery()) {
      if (!row.next() || !own.next()) {
        throw new SQLException("lane " + lane + " of group " + group + " is not free");
      }
      return new Grant(
          lane,
          row.getInt(1),
          row.getLong(2),
          own.getLong(1),
          own.getLong(2),
          own.getInt(3),
          own.getString(4));
    }
  }

  /** Writes progress down and names the next owner, 0 for none; false if the lane was lost. */
  boolean settle(LaneKey key, long floor, int ahead, String state, long nextOwner)
      throws SQLException {
    settle.setLong(1, floor);
    settle.setInt(2, ahead);
    settle.setString(3, state);
    settle.setLong(4, nextOwner);
    settle.setLong(5, key.group());
    settle.setLong(6, key.lane());
    settle.setLong(7, key.epoch());
    settle.setLong(8, key.owner());
    return settle.executeUpdate() > 0;
  }
}
