package dev.eventbus.driver.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the reading loop looks up, each in a short read transaction. */
final class ReadTable {

  private final ReadSession session;
  private final Prepared members;
  private final Prepared owners;
  private final Prepared heads;

  ReadTable(ReadSession session) throws StoreException {
    this.session = session;
    members = session.prepare(
        "SELECT member.id, member.grp, grp.topic, member.port, member.beat, member.lease,"
            + " member.locked, member.sharing FROM member JOIN grp ON grp.id = member.grp ORDER BY member.id");
    owners = session.prepare("SELECT lane, owner FROM own WHERE grp = ? ORDER BY lane");
    heads = session.prepare("SELECT id, head FROM lane WHERE topic = ?");
  }

  /** Changes whenever anybody has committed anything since the last call. */
  long version() throws StoreException {
    return session.version();
  }

  /** All members of the file, by age. */
  List<MemberRow> members() throws StoreException {
    return session.read(this::readMembers);
  }

  private List<MemberRow> readMembers() throws SQLException {
    var rows = new ArrayList<MemberRow>();
    try (ResultSet result = members.executeQuery()) {
      while (result.next()) {
        rows.add(new MemberRow(
            result.getLong(1),
            result.getLong(2),
            result.getLong(3),
            result.getInt(4),
            result.getLong(5),
            result.getLong(6),
            result.getInt(7) != 0,
            result.getInt(8) != 0));
      }
    }
    return rows;
  }

  /** The owners of a group's lanes, 0 for none. */
  Map<Long, Long> owners(long group) throws StoreException {
    return session.read(() -> pairs(owners, group));
  }

  /** The last offset of each lane of a topic; empty if there is no such topic. */
  Map<Long, Long> heads(long topic) throws StoreException {
    return session.read(() -> pairs(heads, topic));
  }

  private static Map<Long, Long> pairs(Prepared statement, long argument) throws SQLException {
    var pairs = new LinkedHashMap<Long, Long>();
    statement.setLong(1, argument);
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        pairs.put(result.getLong(1), result.getLong(2));
      }
    }
    return pairs;
  }
}
