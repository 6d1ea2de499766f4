package dev.eventbus.engine;

import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.engine.LaneRecord.Tries;
import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link LaneRecord} as ASCII text and reads it back:
 *
 * <pre>eb1;d|c;REACH;HORIZON;BASE;MARK;POSITION:ATTEMPTS:FIRST:LAST:DUE:FATE,…;AHEAD</pre>
 *
 * <p>Numbers are in base 36, a position is {@code MAJOR.MINOR}, absent parts are empty. Times are
 * epoch milliseconds, LAST as the distance from FIRST and DUE as that from LAST. FATE is {@code r} for rejected and
 * {@code c} for crashed. AHEAD is the bitmap in
 * unpadded URL-safe Base64, least significant bit first. A text of another kind or version is not
 * understood and reads as empty, so foreign metadata never stops a lane.
 */
final class LaneRecordCodec {

  private static final String VERSION = "eb1";
  private static final int RADIX = 36;
  private static final int PARTS = 8;

  /** A bound on the characters of one event with failed attempts. */
  static final int TRIES_LENGTH = 54;

  /** A bound on the characters of all else but the bitmap. */
  static final int FRAME_LENGTH = 120;

  private LaneRecordCodec() {}

  static String encode(LaneRecord record) {
    var text = new StringBuilder(128);
    text.append(VERSION).append(';').append(record.dirty() ? 'd' : 'c').append(';');
    number(text, record.reach());
    text.append(';');
    number(text, record.horizon());
    text.append(';');
    position(text, record.base());
    text.append(';');
    position(text, record.mark());
    text.append(';');
    String separator = "";
    for (Tries tries : record.tries()) {
      text.append(separator);
      position(text, tries.position());
      text.append(':');
      number(text, tries.attempts());
      text.append(':');
      number(text, tries.firstFailure());
      text.append(':');
      number(text, tries.lastFailure() - tries.firstFailure());
      text.append(':');
      number(text, tries.due() - tries.lastFailure());
      text.append(':').append(tries.fate().code());
      separator = ",";
    }
    text.append(';');
    if (!record.ahead().isEmpty()) {
      text.append(
          Base64.getUrlEncoder().withoutPadding().encodeToString(record.ahead().toByteArray()));
    }
    return text.toString();
  }

  /** The record, {@link LaneRecord#none()} for an empty text, or empty when it is not understood. */
  static Optional<LaneRecord> decode(String text) {
    if (text.isEmpty()) {
      return Optional.of(LaneRecord.none());
    }
    String[] parts = text.split(";", -1);
    if (parts.length != PARTS || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LaneRecord(
          parts[1].equals("d"),
          (int) number(parts[2]),
          (int) number(parts[3]),
          position(parts[4]),
          position(parts[5]),
          tries(parts[6]),
          BitSet.valueOf(Base64.getUrlDecoder().decode(parts[7]))));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static List<Tries> tries(String text) {
    var all = new ArrayList<Tries>();
    if (text.isEmpty()) {
      return all;
    }
    for (String one : text.split(",", -1)) {
      String[] fields = one.split(":", -1);
      Position position = fields.length == 6 ? position(fields[0]) : null;
      if (position == null) {
        throw new IllegalArgumentException("not an event with attempts: " + one);
      }
      long first = number(fields[2]);
      long last = first + number(fields[3]);
      all.add(new Tries(
          position,
          (int) number(fields[1]),
          first,
          last,
          last + number(fields[4]),
          Fate.of(fields[5])));
    }
    return all;
  }

  private static void number(StringBuilder text, long value) {
    text.append(Long.toString(value, RADIX));
  }

  private static long number(String text) {
    return Long.parseLong(text, RADIX);
  }

  private static void position(StringBuilder text, @Nullable Position position) {
    if (position != null) {
      number(text, position.major());
      text.append('.');
      number(text, position.minor());
    }
  }

  private static @Nullable Position position(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("not a position: " + text);
    }
    return new Position(number(text.substring(0, dot)), number(text.substring(dot + 1)));
  }
}
