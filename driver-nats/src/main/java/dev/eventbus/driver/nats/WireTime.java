package dev.eventbus.driver.nats;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as RFC 3339 text in UTC, to the nanosecond. */
final class WireTime {

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
      return text.endsWith("Z")
          ? Instant.parse(text)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException unreadable) {
      throw new DateTimeException(
          "ce-time is \"" + shown(text) + "\": that is no RFC 3339 time.", unreadable);
    }
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
