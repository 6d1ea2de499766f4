package dev.eventbus.driver.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is prepared once, and again after a failure: sqlite-jdbc gives a statement up with
 * its first error. Used by one thread.
 */
final class Prepared {

  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement statement;

  Prepared(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.sql = sql;
    this.statement = connection.prepareStatement(sql);
  }

  private PreparedStatement statement() throws SQLException {
    PreparedStatement known = statement;
    if (known == null) {
      known = connection.prepareStatement(sql);
      statement = known;
    }
    return known;
  }

  void setLong(int index, long value) throws SQLException {
    statement().setLong(index, value);
  }

  void setInt(int index, int value) throws SQLException {
    statement().setInt(index, value);
  }

  void setString(int index, String value) throws SQLException {
    statement().setString(index, value);
  }

  void setBytes(int index, byte[] value) throws SQLException {
    statement().setBytes(index, value);
  }

  void execute() throws SQLException {
    statement().execute();
  }

  /** How many rows were changed. */
  int executeUpdate() throws SQLException {
    return statement().executeUpdate();
  }

  ResultSet executeQuery() throws SQLException {
    return statement().executeQuery();
  }

  /** The first column of the first row; 0 when there is none. */
  long single() throws SQLException {
    try (ResultSet result = executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /** After a failure of its connection: the next use prepares it again. */
  void forget() {
    PreparedStatement failed = statement;
    statement = null;
    try {
      if (failed != null) {
        failed.close();
      }
    } catch (SQLException given) {
      // It was given up with the failure that brought us here, which is told.
    }
  }
}
