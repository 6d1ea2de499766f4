package dev.eventbus.driver.nats;

import dev.eventbus.Event;
import dev.eventbus.InvalidEventException;
import dev.eventbus.spi.LaneEvent;
import io.nats.client.impl.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as NATS messages, by the CloudEvents 1.0 binding in binary mode: the payload is the
 * message's data, attributes are headers {@code ce-…}, the user's headers stand beside them. Values
 * are {@link PercentText}.
 *
 * <p>A message without {@code ce-id} is raw: all its headers are the user's, as they are.
 */
final class EventWire {

  /** JetStream stores no message whose header block is longer. */
  static final int MAX_HEADER_BYTES = 65_535;

  private static final String SPEC_VERSION = "ce-specversion";
  private static final String ID = "ce-id";
  private static final String SOURCE = "ce-source";
  private static final String TYPE = "ce-type";
  private static final String TIME = "ce-time";
  private static final String KEY = "ce-partitionkey";
  private static final String VERSION = "1.0";

  /** {@code NATS/1.0}, a line end, and the empty line that ends the block. */
  private static final int FRAME_BYTES = 12;

  /** Colon and line end. */
  private static final int LINE_BYTES = 3;

  private EventWire() {}

  /** The headers of an event; the caller may add those of the server. */
  static Headers headers(Event event) {
    var headers = new Headers();
    headers.put(SPEC_VERSION, VERSION);
    headers.put(ID, PercentText.encode(event.id()));
    headers.put(SOURCE, PercentText.encode(event.source()));
    headers.put(TYPE, PercentText.encode(event.type()));
    headers.put(TIME, WireTime.format(event.time()));
    String key = event.key();
    if (key != null) {
      headers.put(KEY, PercentText.encode(key));
    }
    event
        .headers()
        .forEach((name, value) -> headers.put(HeaderName.toWire(name), PercentText.encode(value)));
    return headers;
  }

  /** The bytes that {@code max_payload} counts: data and {@link #headers}, exactly. */
  static long sizeOf(Event event) {
    return event.payload().length + headerBytes(event);
  }

  /** The bytes of the block that {@link #headers} makes, exactly. */
  static long headerBytes(Event event) {
    long size = FRAME_BYTES
        + line(SPEC_VERSION, VERSION.length())
        + line(ID, PercentText.encodedLength(event.id()))
        + line(SOURCE, PercentText.encodedLength(event.source()))
        + line(TYPE, PercentText.encodedLength(event.type()))
        + line(TIME, WireTime.format(event.time()).length());
    String key = event.key();
    if (key != null) {
      size += line(KEY, PercentText.encodedLength(key));
    }
    for (Map.Entry<String, String> header : event.headers().entrySet()) {
      size +=
          line(HeaderName.toWire(header.getKey()), PercentText.encodedLength(header.getValue()));
    }
    return size;
  }

  private static long line(String name, long valueLength) {
    return name.length() + valueLength + LINE_BYTES;
  }

  /** Reads a message; never throws. */
  static LaneEvent read(Stored stored, byte[] data, @Nullable Headers headers) {
    if (headers == null || !headers.containsKey(ID)) {
      return read(stored, data, HeaderLines.of(headers));
    }
    try {
      Event.Builder event = builder(stored);
      for (Map.Entry<String, List<String>> header : headers.entrySet()) {
        if (!HeaderName.isServers(header.getKey())) {
          take(event, HeaderName.normal(header.getKey()), HeaderLines.joined(header.getValue()));
        }
      }
      return new LaneEvent.Decoded(stored.position(), event.payload(data).build());
    } catch (InvalidEventException | DateTimeException unreadable) {
      return undecodable(stored, data, HeaderLines.of(headers), unreadable);
    }
  }

  /**
   * Reads a message whose header block jnats cannot read, such as one with values beyond ASCII; never
   * throws.
   */
  static LaneEvent readRaw(Stored stored, byte[] data, byte[] headerBlock) {
    return read(stored, data, HeaderLines.parse(headerBlock));
  }

  private static LaneEvent read(Stored stored, byte[] data, Map<String, String> lines) {
    Event.Builder event = builder(stored);
    try {
      if (lines.containsKey(ID)) {
        lines.forEach((name, value) -> take(event, name, value));
      } else {
        event.id("raw-" + stored.position()).headers(lines);
      }
      return new LaneEvent.Decoded(stored.position(), event.payload(data).build());
    } catch (InvalidEventException | DateTimeException unreadable) {
      return undecodable(stored, data, lines, unreadable);
    }
  }

  private static LaneEvent undecodable(
      Stored stored, byte[] data, Map<String, String> lines, RuntimeException reason) {
    return new LaneEvent.Undecodable(
        stored.position(), data, lines, String.valueOf(reason.getMessage()));
  }

  /** An event with what the broker knows. */
  private static Event.Builder builder(Stored stored) {
    return Event.builder()
        .key(stored.subjectKey())
        .time(Instant.ofEpochSecond(0, stored.epochNanos()));
  }

  private static void take(Event.Builder event, String name, String value) {
    String text = PercentText.decode(value);
    switch (name) {
      case SPEC_VERSION -> checkVersion(text);
      case ID -> event.id(text);
      case SOURCE -> event.source(text);
      case TYPE -> event.type(text);
      case TIME -> event.time(WireTime.parse(text));
      case KEY -> event.key(text);
      default -> event.header(HeaderName.fromWire(name), text);
    }
  }

  private static void checkVersion(String version) {
    if (!version.startsWith("1.")) {
      throw new InvalidEventException(
          "ce-specversion is \"" + version + "\": this release reads CloudEvents 1.x.");
    }
  }
}
