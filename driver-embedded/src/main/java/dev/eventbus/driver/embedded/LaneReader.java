package dev.eventbus.driver.embedded;

import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a lane's next events into memory, no more than were asked for, and tells the engine. */
final class LaneReader {

  private static final int MAX_EVENTS = 500;
  private static final long MAX_BYTES = 2L << 20;

  private final ReadSession session;
  private final Prepared rows;
  private final EventCodec codec = new EventCodec();

  private final List<LaneEvent> batch = new ArrayList<>();
  private long batchBytes;
  private long firstOffset;

  LaneReader(ReadSession session) throws StoreException {
    this.session = session;
    rows = session.prepare(
        "SELECT pos, crc, meta, body FROM log WHERE pos >= ? AND pos <= ? ORDER BY pos LIMIT ?");
  }

  /** Delivers a batch, or tells a gap. */
  void read(OwnedLane lane) throws StoreException {
    batch.clear();
    batchBytes = 0;
    firstOffset = lane.head() + 1;
    session.read(() -> fill(lane));
    if (firstOffset > lane.next()) {
      lane.member().observer().trimmed(lane, lane.skipTo(firstOffset));
    }
    if (!batch.isEmpty()) {
      lane.delivered(firstOffset + batch.size() - 1, batch.size(), batchBytes);
      lane.member().observer().arrived(lane, List.copyOf(batch));
    }
  }

  private int fill(OwnedLane lane) throws SQLException {
    long byteLimit = Math.min(lane.byteCredit(), MAX_BYTES);
    rows.setLong(1, Schema.pos(lane.key().lane(), lane.next()));
    rows.setLong(2, Schema.pos(lane.key().lane(), lane.head()));
    rows.setInt(3, Math.min(lane.eventCredit(), MAX_EVENTS));
    try (ResultSet result = rows.executeQuery()) {
      while (batchBytes < byteLimit && result.next()) {
        long offset = Schema.offset(result.getLong(1));
        if (batch.isEmpty()) {
          firstOffset = offset;
        } else if (offset != firstOffset + batch.size()) {
          break;
        }
        add(offset, result.getLong(2), result.getBytes(3), result.getBytes(4));
      }
    }
    return batch.size();
  }

  private void add(long offset, long crc, byte[] meta, byte[] body) {
    LaneEvent event = event(Position.of(offset), crc, bytes(meta), bytes(body));
    batch.add(event);
    batchBytes += event.bytes();
  }

  /** SQLite gives no array for a blob without bytes. */
  private static byte[] bytes(byte[] blob) {
    return blob == null ? new byte[0] : blob;
  }

  private LaneEvent event(Position position, long crc, byte[] meta, byte[] body) {
    if (crc != codec.checksum(meta, body)) {
      return new LaneEvent.Undecodable(
          position, body, headers(meta), "the stored bytes have changed: their checksum differs");
    }
    try {
      return new LaneEvent.Decoded(position, EventCodec.decode(meta, body));
    } catch (RuntimeException unreadable) {
      return new LaneEvent.Undecodable(
          position, body, Map.of(), "the event's attributes cannot be read: " + unreadable);
    }
  }

  private static Map<String, String> headers(byte[] meta) {
    try {
      return EventCodec.decode(meta, new byte[0]).headers();
    } catch (RuntimeException unreadable) {
      return Map.of();
    }
  }
}
