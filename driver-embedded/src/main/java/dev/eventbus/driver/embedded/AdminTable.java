package dev.eventbus.driver.embedded;

import dev.eventbus.LaneLag;
import dev.eventbus.spi.TopicInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an administrator looks up; used by the reading loop alone. */
final class AdminTable {

  private static final String TOPICS =
      "SELECT topic.name, topic.lanes, sum(lane.head - lane.first + 1) FROM topic"
          + " JOIN lane ON lane.topic = topic.id";

  private final ReadSession session;
  private final Prepared topics;
  private final Prepared topic;
  private final Prepared groups;
  private final Prepared lag;

  AdminTable(ReadSession session) throws StoreException {
    this.session = session;
    topics = session.prepare(TOPICS + " GROUP BY topic.id ORDER BY topic.name");
    topic = session.prepare(TOPICS + " WHERE topic.name = ? GROUP BY topic.id");
    groups = session.prepare("SELECT grp.name FROM grp JOIN topic ON topic.id = grp.topic"
        + " WHERE topic.name = ? AND grp.ephemeral = 0 ORDER BY grp.name");
    lag = session.prepare("SELECT lane, events FROM lag WHERE topic = ? AND grp = ? ORDER BY lane");
  }

  List<TopicInfo> topics() throws StoreException {
    return session.read(() -> infos(topics));
  }

  Optional<TopicInfo> topic(String name) throws StoreException {
    return session.read(() -> {
      topic.setString(1, name);
      return infos(topic).stream().findFirst();
    });
  }

  private static List<TopicInfo> infos(Prepared query) throws SQLException {
    var found = new ArrayList<TopicInfo>();
    try (ResultSet result = query.executeQuery()) {
      while (result.next()) {
        found.add(new TopicInfo(result.getString(1), result.getInt(2), result.getLong(3)));
      }
    }
    return found;
  }

  List<String> groups(String topicName) throws StoreException {
    return session.read(() -> {
      var names = new ArrayList<String>();
      groups.setString(1, topicName);
      try (ResultSet result = groups.executeQuery()) {
        while (result.next()) {
          names.add(result.getString(1));
        }
      }
      return names;
    });
  }

  /** Empty when there is no such topic or group. */
  List<LaneLag> lag(String topicName, String group) throws StoreException {
    return session.read(() -> {
      var lags = new ArrayList<LaneLag>();
      lag.setString(1, topicName);
      lag.setString(2, group);
      try (ResultSet result = lag.executeQuery()) {
        while (result.next()) {
          lags.add(new LaneLag(result.getInt(1), result.getLong(2)));
        }
      }
      return lags;
    });
  }
}
