package dev.eventbus.driver.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A second program at the database, such as the sqlite3 shell. */
final class Shell implements AutoCloseable {

  private final Connection connection;

  Shell(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri().toASCIIString());
  }

  void update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : -1;
    }
  }

  String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
