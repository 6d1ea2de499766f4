package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The open database of one driver: a connection for publishes, one for all other writes and one for
 * reads, or a single one where the database is in memory. Each is used by one thread; in memory,
 * reads take the write lock too.
 */
final class Store implements AutoCloseable {

  private static final int BUSY_MILLIS = 2_000;
  private static final int WAL_LIMIT = 16 << 20;

  /** The pages that fit in the limit: the longer the WAL, the fewer pages are moved twice. */
  private static final int WAL_PAGES = WAL_LIMIT / 4_096;

  private static final int CACHE_KIB = 8_192;

  /** How hard a commit is pushed to the disk. */
  enum Sync {
    /** Before the commit returns. */
    FULL,
    /** With the next full one, or at a checkpoint. */
    NORMAL
  }

  private final Location location;
  private final SharedFile shared;
  private final List<Connection> open = new ArrayList<>();
  private final AtomicLong commits = new AtomicLong();
  private @Nullable Connection first;

  Store(Location location, SharedFile shared) {
    this.location = location;
    this.shared = shared;
  }

  /** Makes the tables where there are none; false if {@code stop} came first. */
  boolean create(BooleanSupplier stop) throws StoreException {
    try {
      if (!shared.writeLock().lock(stop)) {
        return false;
      }
    } catch (IOException failure) {
      throw lockFailure(failure);
    }
    try {
      Connection connection = connect(Sync.FULL);
      open.add(connection);
      Schema.create(connection, location);
      first = connection;
      return true;
    } catch (SQLException failure) {
      throw StoreException.of(failure, location);
    } finally {
      shared.writeLock().unlock();
    }
  }

  private Connection connect(Sync sync) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    config.setJournalSizeLimit(WAL_LIMIT);
    config.setWalAutocheckpoint(WAL_PAGES);
    config.setCacheSize(-CACHE_KIB);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(sync.name()));
    Connection connection = config.createConnection(location.url());
    try (Statement statement = connection.createStatement()) {
      // Without it fsync on macOS does not reach the disk; elsewhere it means nothing.
      statement.execute("PRAGMA fullfsync = 1");
    }
    return connection;
  }

  private synchronized Connection connection(Sync sync) throws StoreException {
    Connection unused = first;
    if (unused != null && (location.inMemory() || sync == Sync.FULL)) {
      first = location.inMemory() ? unused : null;
      return unused;
    }
    try {
      Connection connection = connect(sync);
      open.add(connection);
      return connection;
    } catch (SQLException failure) {
      throw StoreException.of(failure, location);
    }
  }

  /** A new writer, for one thread. */
  WriteSession writer(Sync sync) throws StoreException {
    return new WriteSession(this, shared.writeLock(), connection(sync));
  }

  /** A new reader, for one thread. */
  ReadSession reader() throws StoreException {
    return new ReadSession(this, shared.writeLock(), connection(Sync.NORMAL));
  }

  /** Counts a commit of this driver, for {@link ReadSession#version()} in memory. */
  void committed() {
    commits.incrementAndGet();
  }

  long commits() {
    return commits.get();
  }

  Location location() {
    return location;
  }

  StoreException lockFailure(IOException failure) {
    return new StoreException(
        EmbeddedError.IO,
        "The lock files beside the database %s (%s) cannot be used: %s."
            .formatted(location, EmbeddedConfig.FILE, failure),
        failure);
  }

  /** Closes every connection; the last one of all processes moves the WAL into the database. */
  @Override
  public synchronized void close() throws SQLException {
    SQLException failed = null;
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException failure) {
        failed = failure;
      }
    }
    open.clear();
    if (failed != null) {
      throw failed;
    }
  }
}
