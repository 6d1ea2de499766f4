package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A connection that one thread writes with, one transaction after another. */
final class WriteSession {

  /** What to do between BEGIN and COMMIT. */
  @FunctionalInterface
  interface Changes {
    void apply() throws SQLException, StoreException;
  }

  /** What became of a transaction that did not fail. */
  enum Result {
    COMMITTED,
    /** It never began. */
    STOPPED
  }

  private final Store store;
  private final WriteLock lock;
  private final Connection connection;
  private final List<Prepared> statements = new ArrayList<>();
  private final Prepared begin;
  private final Prepared commit;
  private final Prepared rollback;
  private final Prepared version;

  WriteSession(Store store, WriteLock lock, Connection connection) throws StoreException {
    this.store = store;
    this.lock = lock;
    this.connection = connection;
    this.begin = prepare("BEGIN IMMEDIATE");
    this.commit = prepare("COMMIT");
    this.rollback = prepare("ROLLBACK");
    this.version = prepare("PRAGMA user_version");
  }

  /** A statement for the changes; closed with the connection. */
  Prepared prepare(String sql) throws StoreException {
    try {
      var statement = new Prepared(connection, sql);
      statements.add(statement);
      return statement;
    } catch (SQLException failure) {
      throw StoreException.of(failure, store.location());
    }
  }

  /** Runs a pragma to its end, which a prepared one does not: it frees one page and waits. */
  void run(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(pragma);
    }
  }

  /** Waits for the turn to write, then makes the changes durable all together or not at all. */
  Result write(BooleanSupplier stop, Changes changes) throws StoreException {
    while (true) {
      if (!waitForTurn(stop)) {
        return Result.STOPPED;
      }
      try {
        if (begun()) {
          transact(changes);
          store.committed();
          return Result.COMMITTED;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean waitForTurn(BooleanSupplier stop) throws StoreException {
    try {
      return lock.lock(stop);
    } catch (IOException failure) {
      throw store.lockFailure(failure);
    }
  }

  /** False while a program without our lock, such as a shell, holds SQLite's. */
  private boolean begun() throws StoreException {
    try {
      begin.execute();
      return true;
    } catch (SQLException failure) {
      begin.forget();
      if (StoreException.isBusy(failure)) {
        return false;
      }
      throw StoreException.of(failure, store.location());
    }
  }

  private void transact(Changes changes) throws StoreException {
    boolean open = true;
    try {
      checkVersion();
      changes.apply();
      commit();
      open = false;
    } catch (SQLException failure) {
      throw StoreException.of(failure, store.location());
    } finally {
      if (open) {
        rollback();
      }
    }
  }

  private void commit() throws StoreException {
    try {
      commit.execute();
    } catch (SQLException failure) {
      throw StoreException.ofCommit(failure, store.location());
    }
  }

  private void checkVersion() throws SQLException, StoreException {
    Schema.checkVersion((int) version.single(), store.location());
  }

  private void rollback() {
    try {
      rollback.execute();
    } catch (SQLException alreadyRolledBack) {
      // SQLite rolls back by itself when the disk is full or fails; the first failure is told.
    }
    statements.forEach(Prepared::forget);
  }
}
