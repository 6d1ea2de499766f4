package dev.eventbus.driver.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a batch of events into the log, within a transaction of the publish connection. */
final class LogTable {

  private final Prepared reserve;
  private final Prepared insert;
  private final Prepared findLetter;
  private final Prepared rememberLetter;

  private final Location location;
  private final List<LaneSlot> touched = new ArrayList<>();
  private final Map<String, Long> letters = new HashMap<>();
  private long batch;

  LogTable(WriteSession session, Location location) throws StoreException {
    this.location = location;
    // The time of a lane never goes back, so that an instant can be found by bisection.
    reserve = session.prepare(
        "UPDATE lane SET head = head + ?, bytes = bytes + ?, at = max(at, ?) WHERE id = ?"
            + " RETURNING head, at");
    insert = session.prepare("INSERT INTO log(pos, at, meta, body, crc) VALUES (?, ?, ?, ?, ?)");
    findLetter = session.prepare("SELECT pos FROM dead_letter WHERE id = ?");
    rememberLetter = session.prepare("INSERT INTO dead_letter(id, pos) VALUES (?, ?)");
  }

  /** Stores the events in order and sets their offsets. */
  void append(List<PendingAppend> events) throws SQLException, StoreException {
    batch++;
    touched.clear();
    letters.clear();
    for (PendingAppend event : events) {
      count(event);
    }
    reserve();
    for (PendingAppend event : events) {
      if (event.uniqueId == null) {
        insert(event);
      } else {
        insertLetter(event, event.uniqueId);
      }
    }
  }

  private void count(PendingAppend event) throws SQLException {
    String id = event.uniqueId;
    if (id != null) {
      if (letters.containsKey(id)) {
        return;
      }
      long stored = storedLetter(id);
      letters.put(id, stored);
      if (stored != 0) {
        return;
      }
    }
    if (event.slot.add(batch, event.size())) {
      touched.add(event.slot);
    }
  }

  private long storedLetter(String id) throws SQLException {
    findLetter.setString(1, id);
    try (ResultSet result = findLetter.executeQuery()) {
      return result.next() ? Schema.offset(result.getLong(1)) : 0;
    }
  }

  private void reserve() throws SQLException, StoreException {
    long now = System.currentTimeMillis();
    for (LaneSlot slot : touched) {
      reserve.setLong(1, slot.count());
      reserve.setLong(2, slot.bytes());
      reserve.setLong(3, now);
      reserve.setLong(4, slot.lane);
      try (ResultSet result = reserve.executeQuery()) {
        if (!result.next()) {
          throw gone();
        }
        slot.reserved(result.getLong(1), result.getLong(2));
      }
    }
  }

  private StoreException gone() {
    return new StoreException(
        EmbeddedError.NOT_FOUND,
        "A topic was deleted from the database %s (%s) while it was written to: connect again to create it."
            .formatted(location, EmbeddedConfig.FILE),
        null);
  }

  private void insert(PendingAppend event) throws SQLException {
    event.offset = event.slot.nextOffset();
    insert.setLong(1, Schema.pos(event.slot.lane, event.offset));
    insert.setLong(2, event.slot.at());
    insert.setBytes(3, event.meta);
    insert.setBytes(4, event.event.payload());
    insert.setLong(5, event.crc);
    insert.executeUpdate();
  }

  private void insertLetter(PendingAppend event, String id) throws SQLException {
    long stored = letters.getOrDefault(id, 0L);
    if (stored != 0) {
      event.offset = stored;
      return;
    }
    insert(event);
    letters.put(id, event.offset);
    rememberLetter.setString(1, id);
    rememberLetter.setLong(2, Schema.pos(event.slot.lane, event.offset));
    rememberLetter.executeUpdate();
  }

  /** The lanes that the last batch went to. */
  List<LaneSlot> touched() {
    return touched;
  }
}
