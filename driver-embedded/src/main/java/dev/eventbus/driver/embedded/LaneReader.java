package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(long pos, long crc, byte[] meta, byte[] body, long at) {

    static Row of(ResultSet result) throws SQLException {
      return new Row(
          result.getLong(1),
          result.getLong(2),
          bytes(result.getBytes(3)),
          bytes(result.getBytes(4)),
          result.getLong(5));
    }

    /** SQLite gives no array for a blob without bytes. */
    private static byte[] bytes(byte @Nullable [] blob) {
      return blob == null ? new byte[0] : blob;
    }
  }

  LaneReader(ReadSession session) throws StoreException {
    this.session = session;
    rows = session.prepare(
        "SELECT pos, crc, meta, body, at FROM log WHERE pos >= ? AND pos <= ? ORDER BY pos LIMIT ?");
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
        var row = Row.of(result);
        long offset = Schema.offset(row.pos);
        if (batch.isEmpty()) {
          firstOffset = offset;
        } else if (offset != firstOffset + batch.size()) {
          break;
        }
        add(row);
      }
    }
    return batch.size();
  }

  private void add(Row row) {
    LaneEvent event = event(row);
    batch.add(event);
    batchBytes += event.bytes();
  }

  private LaneEvent event(Row row) {
    Position position = Position.of(Schema.offset(row.pos));
    boolean raw = row.crc == RawEvents.UNCHECKED && RawEvents.isRaw(row.meta);
    if (!raw && row.crc != codec.checksum(row.meta, row.body)) {
      return new LaneEvent.Undecodable(
          position,
          row.body,
          headers(row.meta),
          "the stored bytes have changed: their checksum differs");
    }
    try {
      Event event = raw
          ? RawEvents.decode(row.meta, row.body, row.pos, row.at)
          : EventCodec.decode(row.meta, row.body);
      return new LaneEvent.Decoded(position, event);
    } catch (RuntimeException unreadable) {
      return new LaneEvent.Undecodable(
          position, row.body, Map.of(), "the event's attributes cannot be read: " + unreadable);
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
