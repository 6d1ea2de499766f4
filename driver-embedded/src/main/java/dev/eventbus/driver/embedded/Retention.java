package dev.eventbus.driver.embedded;

import dev.eventbus.spi.MonotonicClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes events that are too old or too many, the oldest first, and gives the space back to the
 * file system. One small transaction at a time, so that publishers do not wait for it.
 */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);
  private static final int ROWS = 200;

  /** Space is given back from here on, and when it is a quarter of the file. */
  private static final long MIN_FREE_PAGES = 2_560;

  private final WriteSession session;
  private final EmbeddedConfig config;
  private final MonotonicClock clock;
  private final Prepared total;
  private final Prepared oldest;
  private final Prepared rows;
  private final Prepared delete;
  private final Prepared deleteLetters;
  private final Prepared advance;
  private final Prepared freePages;
  private final Prepared pages;
  private long due;

  private record Oldest(long lane, long first, long head, long at) {}

  Retention(WriteSession session, EmbeddedConfig config, MonotonicClock clock)
      throws StoreException {
    this.session = session;
    this.config = config;
    this.clock = clock;
    this.due = clock.nanos();
    total = session.prepare("SELECT sum(bytes) FROM lane");
    oldest = session.prepare("SELECT id, first, head, (SELECT log.at FROM log"
        + " WHERE pos >= (lane.id << 40 | lane.first) AND pos <= (lane.id << 40 | lane.head)"
        + " ORDER BY pos LIMIT 1) AS oldest"
        + " FROM lane WHERE head >= first AND oldest IS NOT NULL ORDER BY oldest LIMIT 1");
    rows = session.prepare(
        "SELECT pos, at, length(meta) + length(body) FROM log WHERE pos >= ? AND pos <= ?"
            + " ORDER BY pos LIMIT "
            + ROWS);
    delete = session.prepare("DELETE FROM log WHERE pos >= ? AND pos <= ?");
    deleteLetters = session.prepare("DELETE FROM dead_letter WHERE pos >= ? AND pos <= ?");
    advance = session.prepare("UPDATE lane SET first = ?, bytes = max(0, bytes - ?) WHERE id = ?");
    freePages = session.prepare("PRAGMA freelist_count");
    pages = session.prepare("PRAGMA page_count");
  }

  /** Nanoseconds until there may be something to do. */
  long left(long now) {
    return due - now;
  }

  /** Does one step if it is time; the next is due at once while there is more. */
  void run(BooleanSupplier stop) {
    if (left(clock.nanos()) > 0) {
      return;
    }
    boolean more = false;
    try {
      var step = new Step();
      more = session.write(stop, step) == WriteSession.Result.COMMITTED && step.more;
    } catch (StoreException failure) {
      LOG.warn("Old events could not be removed; trying again: {}", failure.textWithCode());
    }
    due = clock.nanos() + (more ? 0 : PERIOD);
  }

  private final class Step implements WriteSession.Changes {
    private boolean more;

    @Override
    public void apply() throws SQLException {
      more = trim() || giveBack();
    }
  }

  private boolean trim() throws SQLException {
    long tooMany = total.single() - config.retentionBytes();
    long cutoff = System.currentTimeMillis() - config.retentionAge().toMillis();
    Oldest lane = oldest();
    if (lane == null || (tooMany <= 0 && lane.at >= cutoff)) {
      return false;
    }
    long last = 0;
    long freed = 0;
    rows.setLong(1, Schema.pos(lane.lane, lane.first));
    rows.setLong(2, Schema.pos(lane.lane, lane.head));
    try (ResultSet result = rows.executeQuery()) {
      while (result.next() && (freed < tooMany || result.getLong(2) < cutoff)) {
        last = result.getLong(1);
        freed += result.getLong(3);
      }
    }
    remove(lane, last, freed);
    return true;
  }

  private void remove(Oldest lane, long last, long freed) throws SQLException {
    long from = Schema.pos(lane.lane, lane.first);
    delete.setLong(1, from);
    delete.setLong(2, last);
    delete.executeUpdate();
    deleteLetters.setLong(1, from);
    deleteLetters.setLong(2, last);
    deleteLetters.executeUpdate();
    advance.setLong(1, Schema.offset(last) + 1);
    advance.setLong(2, freed);
    advance.setLong(3, lane.lane);
    advance.executeUpdate();
  }

  private boolean giveBack() throws SQLException {
    long free = freePages.single();
    if (free < MIN_FREE_PAGES || free < pages.single() / 4) {
      return false;
    }
    session.run("PRAGMA incremental_vacuum(256)");
    return true;
  }

  private @Nullable Oldest oldest() throws SQLException {
    try (ResultSet result = oldest.executeQuery()) {
      return result.next()
          ? new Oldest(result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4))
          : null;
    }
  }
}
