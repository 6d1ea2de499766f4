package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A connection that one thread reads with; each statement is a read transaction of its own. */
final class ReadSession {

  /** A read that gives something. */
  @FunctionalInterface
  interface Query<T> {
    T read() throws SQLException;
  }

  private final Store store;
  private final WriteLock lock;
  private final Connection connection;
  private final boolean alone;
  private final List<Prepared> statements = new ArrayList<>();
  private final Prepared dataVersion;

  ReadSession(Store store, WriteLock lock, Connection connection) throws StoreException {
    this.store = store;
    this.lock = lock;
    this.connection = connection;
    this.alone = !store.location().inMemory();
    this.dataVersion = prepare("PRAGMA data_version");
  }

  /** A statement to read with; closed with the connection. */
  Prepared prepare(String sql) throws StoreException {
    try {
      var statement = new Prepared(connection, sql);
      statements.add(statement);
      return statement;
    } catch (SQLException failure) {
      throw StoreException.of(failure, store.location());
    }
  }

  /** Reads; in memory, where the connection is shared, not while somebody writes. */
  <T> T read(Query<T> query) throws StoreException {
    try {
      if (alone) {
        return query.read();
      }
      return readLocked(query);
    } catch (SQLException failure) {
      statements.forEach(Prepared::forget);
      throw StoreException.of(failure, store.location());
    }
  }

  private <T> T readLocked(Query<T> query) throws SQLException, StoreException {
    try {
      lock.lock(() -> false);
    } catch (IOException impossible) {
      throw store.lockFailure(impossible);
    }
    try {
      return query.read();
    } finally {
      lock.unlock();
    }
  }

  /** Changes whenever anybody has committed anything since the last call. */
  long version() throws StoreException {
    if (!alone) {
      return store.commits();
    }
    return read(dataVersion::single);
  }
}
