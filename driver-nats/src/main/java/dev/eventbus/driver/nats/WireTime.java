package dev.eventbus.driver.nats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Times as RFC 3339 text in UTC, to the nanosecond. */
final class WireTime {

  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int LONGEST = SHAPE.length() + ".123456789Z".length();
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MAX_SHOWN = 60;

  private WireTime() {}

  static String format(Instant time) {
    return time.toString();
  }

  /**
   * The time, of any offset.
   *
   * @throws DateTimeException if the text is no RFC 3339 time
   */
  static Instant parse(String text) {
    try {
      if (hasShape(text)) {
        return parseShape(text);
      }
      return text.endsWith("Z")
          ? Instant.parse(text)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      throw new DateTimeException(
          "ce-time is \"" + shown(text) + "\": that is no RFC 3339 time.", unreadable);
    }
  }

  /** Whether it is of the form that {@link #format} gives to years of four digits, fields in range. */
  private static boolean hasShape(String text) {
    int end = text.length() - 1;
    int fraction = SHAPE.length();
    if (end < fraction || end >= LONGEST || text.charAt(end) != 'Z') {
      return false;
    }
    if (end > fraction && (text.charAt(fraction) != '.' || end == fraction + 1)) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = i > fraction || (i < fraction && SHAPE.charAt(i) == '0');
      if (digit ? c < '0' || c > '9' : i < fraction && c != SHAPE.charAt(i)) {
        return false;
      }
    }
    return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
  }

  private static Instant parseShape(String text) {
    long days = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
        .toEpochDay();
    int seconds = number(text, 11, 13) * 3_600 + number(text, 14, 16) * 60 + number(text, 17, 19);
    int nanos = 0;
    for (int i = SHAPE.length() + 1; i < LONGEST - 1; i++) {
      nanos = nanos * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
    }
    return Instant.ofEpochSecond(days * SECONDS_PER_DAY + seconds, nanos);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
