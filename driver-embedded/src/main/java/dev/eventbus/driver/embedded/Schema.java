package dev.eventbus.driver.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables.
 *
 * <p>A log row's {@code pos} is {@code lane.id << 40 | offset}, so that one B-tree holds every lane
 * in order. Offsets are 1, 2, 3 … without a gap; a lane has those from {@code first} to {@code head}.
 * {@code user_version} is 1000 × major + minor: other minor versions add columns only, so every
 * statement names its columns; a newer major is refused.
 */
final class Schema {

  static final int MAJOR = 1;
  private static final int VERSION = MAJOR * 1000;

  /** "CEBs": marks a database of the bus. */
  private static final int APPLICATION_ID = 0x43454273;

  static final int OFFSET_BITS = 40;
  static final long MAX_OFFSET = (1L << OFFSET_BITS) - 1;

  /** For people: what each group has not settled; what retention has removed no longer waits. */
  private static final String LAG = """
      CREATE VIEW lag AS
        SELECT topic.name AS topic, grp.name AS grp, lane.no AS lane,
          max(0, lane.head - max(own.floor, lane.first - 1) - own.ahead) AS events
        FROM own
          JOIN grp ON grp.id = own.grp
          JOIN lane ON lane.id = own.lane
          JOIN topic ON topic.id = grp.topic""";

  /** For other programs: what they insert here arrives as an event. */
  private static final String RAW = "CREATE VIEW raw AS"
      + " SELECT name AS topic, 0 AS lane, NULL AS key, x'' AS body FROM topic WHERE FALSE";

  private static final String RAW_INSERT = """
      CREATE TRIGGER raw_insert INSTEAD OF INSERT ON raw BEGIN
        SELECT raise(ABORT, 'no such topic or lane') WHERE NOT EXISTS (
          SELECT 1 FROM topic JOIN lane ON lane.topic = topic.id
          WHERE topic.name = NEW.topic AND lane.no = NEW.lane);
        UPDATE lane SET head = head + 1, bytes = bytes + length(CAST(NEW.body AS BLOB)),
            at = max(at, CAST(unixepoch('subsec') * 1000 AS INTEGER))
          WHERE no = NEW.lane AND topic = (SELECT id FROM topic WHERE name = NEW.topic);
        INSERT INTO log(pos, at, meta, body, crc)
          SELECT id << 40 | head, at,
            CASE WHEN NEW.key IS NULL THEN x'02' ELSE CAST(char(3) || NEW.key AS BLOB) END,
            CAST(NEW.body AS BLOB), -1
          FROM lane
          WHERE no = NEW.lane AND topic = (SELECT id FROM topic WHERE name = NEW.topic);
      END""";

  private static final List<String> TABLES = List.of(
      """
          CREATE TABLE topic(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            lanes INTEGER NOT NULL)""",
      """
          CREATE TABLE lane(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            topic INTEGER NOT NULL,
            no INTEGER NOT NULL,
            head INTEGER NOT NULL DEFAULT 0,
            first INTEGER NOT NULL DEFAULT 1,
            at INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL DEFAULT 0,
            UNIQUE(topic, no))""",
      """
          CREATE TABLE log(
            pos INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            meta BLOB NOT NULL,
            body BLOB NOT NULL,
            crc INTEGER NOT NULL)""",
      """
          CREATE TABLE dead_letter(
            id TEXT PRIMARY KEY,
            pos INTEGER NOT NULL) WITHOUT ROWID""",
      "CREATE INDEX dead_letter_pos ON dead_letter(pos)",
      """
          CREATE TABLE grp(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            topic INTEGER NOT NULL,
            name TEXT NOT NULL,
            ephemeral INTEGER NOT NULL,
            UNIQUE(topic, name))""",
      """
          CREATE TABLE own(
            grp INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            owner INTEGER NOT NULL DEFAULT 0,
            epoch INTEGER NOT NULL DEFAULT 0,
            floor INTEGER NOT NULL,
            ahead INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT '',
            PRIMARY KEY(grp, lane)) WITHOUT ROWID""",
      """
          CREATE TABLE member(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            grp INTEGER NOT NULL,
            pid INTEGER NOT NULL,
            port INTEGER NOT NULL,
            beat INTEGER NOT NULL DEFAULT 0,
            lease INTEGER NOT NULL,
            locked INTEGER NOT NULL DEFAULT 1,
            sharing INTEGER NOT NULL DEFAULT 1)""",
      LAG,
      RAW,
      RAW_INSERT);

  private Schema() {}

  /** The place of an event in the log. */
  static long pos(long lane, long offset) {
    return lane << OFFSET_BITS | offset;
  }

  static long offset(long pos) {
    return pos & MAX_OFFSET;
  }

  /** Makes the tables where there are none; the caller has the write lock. */
  static void create(Connection connection, Location location) throws SQLException, StoreException {
    if (single(connection, "PRAGMA user_version") != 0) {
      checkOwn(connection, location);
      return;
    }
    if (single(connection, "SELECT count(*) FROM sqlite_master") != 0) {
      throw notOurs(location);
    }
    try (Statement statement = connection.createStatement()) {
      // Takes effect only before the first table.
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      if (!location.inMemory()) {
        statement.execute("PRAGMA journal_mode = WAL");
      }
      statement.execute("BEGIN IMMEDIATE");
      try {
        for (String table : TABLES) {
          statement.execute(table);
        }
        statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + VERSION);
        statement.execute("COMMIT");
      } catch (SQLException failure) {
        rollback(statement, failure);
        throw failure;
      }
    }
  }

  private static void rollback(Statement statement, SQLException cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      cause.addSuppressed(alreadyRolledBack);
    }
  }

  private static void checkOwn(Connection connection, Location location)
      throws SQLException, StoreException {
    if (single(connection, "PRAGMA application_id") != APPLICATION_ID) {
      throw notOurs(location);
    }
    checkVersion(single(connection, "PRAGMA user_version"), location);
  }

  private static StoreException notOurs(Location location) {
    return new StoreException(
        EmbeddedError.CORRUPT,
        "The database %s (%s) belongs to another program: choose another file."
            .formatted(location, EmbeddedConfig.FILE),
        null);
  }

  /** Refuses tables that a later release has changed; checked inside every write transaction. */
  static void checkVersion(int version, Location location) throws StoreException {
    if (version / 1000 > MAJOR) {
      throw new StoreException(
          EmbeddedError.NEWER_SCHEMA,
          "The database %s (%s) has schema version %d, but this release knows up to %d: update the bus in this program, or choose another file."
              .formatted(location, EmbeddedConfig.FILE, version / 1000, MAJOR),
          null);
    }
  }

  private static int single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }
}
