package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An event's parts but for its payload as bytes, format 1: the format number; flags; seconds and
 * nanoseconds of the time; id; where flagged source, type, key; where flagged the headers, counted.
 * Numbers are varints, low groups of seven bits first. A text is its length in bytes × 2 + form, then
 * UTF-8 (form 0), or UTF-16 (form 1) where a lone surrogate has no UTF-8. Not thread-safe.
 */
final class EventCodec {

  private static final int FORMAT = 1;
  private static final int KEY = 1;
  private static final int SOURCE = 2;
  private static final int TYPE = 4;
  private static final int HEADERS = 8;

  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[512];
  private int length;

  /** Bytes that count for the size limit: payload, key and headers. */
  static long sizeOf(Event event) {
    long size = event.payload().length + utf8Length(event.key());
    for (Map.Entry<String, String> header : event.headers().entrySet()) {
      size += utf8Length(header.getKey()) + utf8Length(header.getValue());
    }
    return size;
  }

  private static long utf8Length(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    long size = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate pair is two chars and four bytes.
        size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return size;
  }

  byte[] encode(Event event) {
    length = 0;
    Map<String, String> headers = event.headers();
    String key = event.key();
    boolean source = !event.source().equals(Event.DEFAULT_SOURCE);
    boolean type = !event.type().equals(Event.DEFAULT_TYPE);
    number(FORMAT);
    number((key == null ? 0 : KEY)
        | (source ? SOURCE : 0)
        | (type ? TYPE : 0)
        | (headers.isEmpty() ? 0 : HEADERS));
    time(event.time());
    text(event.id());
    if (source) {
      text(event.source());
    }
    if (type) {
      text(event.type());
    }
    if (key != null) {
      text(key);
    }
    if (!headers.isEmpty()) {
      number(headers.size());
      for (Map.Entry<String, String> header : headers.entrySet()) {
        text(header.getKey());
        text(header.getValue());
      }
    }
    return Arrays.copyOf(buffer, length);
  }

  /** The checksum that a row carries. */
  long checksum(byte[] meta, byte[] body) {
    crc.reset();
    crc.update(meta, 0, meta.length);
    crc.update(body, 0, body.length);
    return crc.getValue();
  }

  /**
   * The event.
   *
   * @throws IllegalArgumentException if the bytes are not of format 1
   */
  static Event decode(byte[] meta, byte[] body) {
    var in = new MetaReader(meta);
    long format = in.number();
    if (format != FORMAT) {
      throw new IllegalArgumentException("format " + format + " is unknown");
    }
    int flags = (int) in.number();
    long second = in.number();
    Instant time = Instant.ofEpochSecond(second >>> 1 ^ -(second & 1), in.number());
    Event.Builder event = Event.builder().time(time).id(in.text()).payload(body);
    if ((flags & SOURCE) != 0) {
      event.source(in.text());
    }
    if ((flags & TYPE) != 0) {
      event.type(in.text());
    }
    if ((flags & KEY) != 0) {
      event.key(in.text());
    }
    if ((flags & HEADERS) != 0) {
      for (long left = in.number(); left > 0; left--) {
        event.header(in.text(), in.text());
      }
    }
    in.end();
    return event.build();
  }

  private void time(Instant time) {
    long second = time.getEpochSecond();
    number(second << 1 ^ second >> 63);
    number(time.getNano());
  }

  private void number(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  private void text(String text) {
    int chars = text.length();
    ensure(chars + 10);
    for (int i = 0; i < chars; i++) {
      if (text.charAt(i) >= 0x80) {
        wideText(text);
        return;
      }
    }
    number((long) chars << 1);
    ensure(chars);
    for (int i = 0; i < chars; i++) {
      buffer[length++] = (byte) text.charAt(i);
    }
  }

  private void wideText(String text) {
    boolean utf16 = hasLoneSurrogate(text);
    byte[] bytes = text.getBytes(utf16 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    if (utf16) {
      // The encoder would replace a lone surrogate.
      for (int i = 0; i < text.length(); i++) {
        bytes[2 * i] = (byte) (text.charAt(i) >> 8);
        bytes[2 * i + 1] = (byte) text.charAt(i);
      }
    }
    number((long) bytes.length << 1 | (utf16 ? 1 : 0));
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
