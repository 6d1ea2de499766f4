package dev.eventbus.conformance;

import dev.eventbus.Published;
import dev.eventbus.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fresh database file; there is no server to start or stop. */
record EmbeddedBroker(Path directory) implements BrokerFixture {

  private static final String FILE = "EVENTBUS_EMBEDDED_FILE";
  private static final String RETENTION = "EVENTBUS_EMBEDDED_RETENTION_AGE";
  private static final String MAX_EVENT = "EVENTBUS_EMBEDDED_MAX_EVENT_BYTES";

  private static final String LAG = "SELECT sum(events) FROM lag WHERE topic = ? AND grp = ?";

  private static final String DAMAGE = """
      UPDATE log SET crc = crc + 1 WHERE pos = ? + (
        SELECT lane.id << 40 FROM lane JOIN topic ON lane.topic = topic.id
        WHERE topic.name = ? AND lane.no = ?)""";

  @Override
  public String driver() {
    return "embedded";
  }

  private Path file() {
    return directory.resolve("eventbus.db").toAbsolutePath();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(Settings.TYPE, "embedded", FILE, file().toString(), MAX_EVENT, "1MiB");
  }

  @Override
  public Map<String, String> absentBroker() {
    String nowhere = directory.resolve("absent/eventbus.db").toString();
    return Map.of(Settings.TYPE, "embedded", FILE, nowhere);
  }

  /** Where the native library is unpacked: a killed member cannot remove its copy. */
  @Override
  public List<String> jvmOptions() {
    return List.of("-Djava.io.tmpdir=" + directory.toAbsolutePath());
  }

  @Override
  public Optional<Corruption> corruption() {
    return Optional.of((bus, topic, event) -> damage(bus.publish(topic, event).join()));
  }

  private void damage(Published event) throws Exception {
    try (Connection connection = open();
        PreparedStatement update = connection.prepareStatement(DAMAGE)) {
      update.setLong(1, Long.parseLong(event.position()));
      update.setString(2, event.topic());
      update.setInt(3, event.lane());
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no such event: " + event);
      }
    }
  }

  @Override
  public Optional<Retention> retention() {
    return Optional.of(() -> Map.of(RETENTION, "1s"));
  }

  @Override
  public Optional<BrokerControl> control() {
    return Optional.empty();
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  @Override
  public Optional<RawClient> raw() {
    try {
      return Optional.of(new EmbeddedPlainClient(open()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The view that the file has for people. */
  @Override
  public Optional<NativeLag> nativeLag() {
    return Optional.of((topic, group) -> {
      try (Connection connection = open();
          PreparedStatement query = connection.prepareStatement(LAG)) {
        query.setString(1, topic);
        query.setString(2, group);
        try (ResultSet result = query.executeQuery()) {
          return result.next() ? result.getLong(1) : -1;
        }
      }
    });
  }

  @Override
  public void close() {}
}
