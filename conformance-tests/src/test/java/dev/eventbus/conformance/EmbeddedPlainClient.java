package dev.eventbus.conformance;

import dev.eventbus.conformance.BrokerFixture.RawClient;
import dev.eventbus.conformance.BrokerFixture.RawMessage;
import dev.eventbus.spi.KeyLane;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another program with the database open: it inserts into the view {@code raw}. */
record EmbeddedPlainClient(Connection connection) implements RawClient {

  private static final String LANES = "SELECT lanes FROM topic WHERE name = ?";
  private static final String PUT = "INSERT INTO raw(topic, lane, key, body) VALUES(?, ?, ?, ?)";
  private static final String STORED = """
      SELECT log.body FROM log
        JOIN lane ON lane.id = log.pos >> 40 JOIN topic ON topic.id = lane.topic
        WHERE topic.name = ? ORDER BY log.pos""";

  @Override
  public void put(String topic, RawMessage message) throws SQLException {
    String key = message.key();
    try (PreparedStatement insert = connection.prepareStatement(PUT)) {
      insert.setString(1, topic);
      insert.setInt(2, key == null ? 0 : KeyLane.of(key, lanes(topic)));
      insert.setString(3, key);
      insert.setBytes(4, message.payload());
      insert.executeUpdate();
    }
  }

  private int lanes(String topic) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LANES)) {
      query.setString(1, topic);
      try (ResultSet result = query.executeQuery()) {
        return result.getInt(1);
      }
    }
  }

  @Override
  public boolean hasHeaders() {
    return false;
  }

  @Override
  public List<RawMessage> stored(String topic) throws SQLException {
    var stored = new ArrayList<RawMessage>();
    try (PreparedStatement query = connection.prepareStatement(STORED)) {
      query.setString(1, topic);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          stored.add(new RawMessage(null, Map.of(), result.getBytes(1)));
        }
      }
    }
    return stored;
  }

  @Override
  public String headerOf(String attribute) {
    return attribute;
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
