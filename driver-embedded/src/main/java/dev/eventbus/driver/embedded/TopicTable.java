package dev.eventbus.driver.embedded;

import dev.eventbus.StartAt;
import dev.eventbus.spi.TopicRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds and creates topics, within a transaction of the keeper. */
final class TopicTable {

  private final Prepared find;
  private final Prepared lanes;
  private final Prepared create;
  private final Prepared createLane;
  private final Prepared ends;
  private final Prepared timeOf;

  TopicTable(WriteSession session) throws StoreException {
    find = session.prepare("SELECT id FROM topic WHERE name = ?");
    lanes = session.prepare("SELECT id FROM lane WHERE topic = ? ORDER BY no");
    create = session.prepare("INSERT INTO topic(name, lanes) VALUES (?, ?) RETURNING id");
    createLane = session.prepare("INSERT INTO lane(topic, no) VALUES (?, ?)");
    ends = session.prepare("SELECT first, head FROM lane WHERE id = ?");
    timeOf = session.prepare("SELECT at FROM log WHERE pos >= ? AND pos <= ? ORDER BY pos LIMIT 1");
  }

  /**
   * The topic, created when it does not exist.
   *
   * @throws dev.eventbus.LaneCountException if it has another lane count than demanded
   */
  TopicRow open(TopicRequest request) throws SQLException {
    String name = request.name();
    find.setString(1, name);
    long id = find.single();
    if (id == 0) {
      return create(name, request.lanes().value());
    }
    TopicRow topic = new TopicRow(id, name, laneIds(id));
    request.lanes().checkAgainst(name, topic.lanes().size());
    return topic;
  }

  /**
   * Looks whether a topic that was opened before is still the same.
   *
   * @throws DriverException if it was deleted
   */
  void checkExists(TopicRow topic) throws SQLException {
    find.setString(1, topic.name());
    if (find.single() != topic.id()) {
      throw Texts.topicGone(topic.name());
    }
  }

  private TopicRow create(String name, int count) throws SQLException {
    create.setString(1, name);
    create.setInt(2, count);
    long id = create.single();
    for (int no = 0; no < count; no++) {
      createLane.setLong(1, id);
      createLane.setInt(2, no);
      createLane.executeUpdate();
    }
    return new TopicRow(id, name, laneIds(id));
  }

  private List<Long> laneIds(long topic) throws SQLException {
    var ids = new ArrayList<Long>();
    lanes.setLong(1, topic);
    try (ResultSet result = lanes.executeQuery()) {
      while (result.next()) {
        ids.add(result.getLong(1));
      }
    }
    return List.copyOf(ids);
  }

  /** The offset before the first event that a new group gets. */
  long floorAt(long lane, StartAt start) throws SQLException {
    long first;
    long head;
    ends.setLong(1, lane);
    try (ResultSet result = ends.executeQuery()) {
      if (!result.next()) {
        throw new SQLException("lane " + lane + " has no row");
      }
      first = result.getLong(1);
      head = result.getLong(2);
    }
    if (start instanceof StartAt.Latest) {
      return head;
    }
    if (start instanceof StartAt.At at) {
      return bisect(lane, first, head, at.time().toEpochMilli());
    }
    return first - 1;
  }

  /** The times of a lane never go back: the last offset before the instant. */
  private long bisect(long lane, long first, long head, long millis) throws SQLException {
    long before = first - 1;
    long after = head + 1;
    while (after - before > 1) {
      long middle = (before + after) >>> 1;
      timeOf.setLong(1, Schema.pos(lane, middle));
      timeOf.setLong(2, Schema.pos(lane, head));
      if (timeOf.single() < millis) {
        before = middle;
      } else {
        after = middle;
      }
    }
    return before;
  }
}
