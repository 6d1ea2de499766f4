package dev.eventbus.driver.embedded;

import dev.eventbus.StartAt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Moves groups (S7), within a transaction of the keeper. */
final class ReplayTable {

  private final TopicTable topics;
  private final Prepared find;
  private final Prepared members;
  private final Prepared lanes;
  private final Prepared move;
  private final Prepared forgetLetters;

  ReplayTable(WriteSession session, TopicTable topics) throws StoreException {
    this.topics = topics;
    find = session.prepare("SELECT grp.id FROM grp JOIN topic ON topic.id = grp.topic"
        + " WHERE topic.name = ? AND grp.name = ? AND grp.ephemeral = 0");
    members = session.prepare("SELECT id, locked FROM member WHERE grp = ?");
    lanes = session.prepare("SELECT lane FROM own WHERE grp = ?");
    move = session.prepare(
        "UPDATE own SET floor = ?, ahead = 0, state = '' WHERE grp = ? AND lane = ?");
    forgetLetters = session.prepare("DELETE FROM dead_letter WHERE id >= ? AND id < ?");
  }

  /** A member as its row has it; one that is not locked has left lanes behind with their lease. */
  record Seen(long id, boolean locked) {}

  /** The durable group's id, 0 when there is none. */
  long find(String topic, String group) throws SQLException {
    find.setString(1, topic);
    find.setString(2, group);
    return find.single();
  }

  List<Seen> members(long group) throws SQLException {
    var seen = new ArrayList<Seen>();
    members.setLong(1, group);
    try (ResultSet result = members.executeQuery()) {
      while (result.next()) {
        seen.add(new Seen(result.getLong(1), result.getInt(2) != 0));
      }
    }
    return seen;
  }

  /** Moves every lane of the group; nobody owns one. */
  void move(long group, StartAt to) throws SQLException {
    for (long lane : lanes(group)) {
      move.setLong(1, topics.floorAt(lane, to));
      move.setLong(2, group);
      move.setLong(3, lane);
      move.executeUpdate();
    }
  }

  private List<Long> lanes(long group) throws SQLException {
    var ids = new ArrayList<Long>();
    lanes.setLong(1, group);
    try (ResultSet result = lanes.executeQuery()) {
      while (result.next()) {
        ids.add(result.getLong(1));
      }
    }
    return ids;
  }

  /** Lets events of the group be dead-lettered again. */
  void forgetLetters(String prefix, String end) throws SQLException {
    forgetLetters.setString(1, prefix);
    forgetLetters.setString(2, end);
    forgetLetters.executeUpdate();
  }
}
