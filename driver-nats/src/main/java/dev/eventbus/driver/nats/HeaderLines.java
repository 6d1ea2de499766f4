package dev.eventbus.driver.nats;

import io.nats.client.impl.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message as names and values; those of the server are left out. A block has first
 * the version, then lines {@code name:value}, each ended by CR LF: what can be read is read, lines
 * without a name are left out.
 */
final class HeaderLines {

  private HeaderLines() {}

  /** As {@link #parse}, of headers that the client has read. */
  static Map<String, String> of(@Nullable Headers headers) {
    var lines = new LinkedHashMap<String, String>();
    if (headers != null) {
      headers.entrySet().forEach(header -> add(lines, header.getKey(), joined(header.getValue())));
    }
    return lines;
  }

  /** Several values of one name as one text. */
  static String joined(List<String> values) {
    return values.size() == 1 ? values.get(0) : String.join(", ", values);
  }

  /** Names and values by name; those of the server are left out. */
  static Map<String, String> parse(byte[] block) {
    var lines = new LinkedHashMap<String, String>();
    int start = endOfLine(block, 0) + 2;
    while (start < block.length) {
      int end = endOfLine(block, start);
      String line = text(block, start, end);
      int colon = line.indexOf(':');
      if (colon > 0) {
        add(lines, line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
      start = end + 2;
    }
    return lines;
  }

  /**
   * Adds a header: the CloudEvents attributes in lower case, several values of one name joined, those
   * of the server not at all.
   */
  private static void add(Map<String, String> lines, String name, String value) {
    if (name.isEmpty() || HeaderName.isServers(name)) {
      return;
    }
    lines.merge(HeaderName.normal(name), value, (first, next) -> first + ", " + next);
  }

  private static int endOfLine(byte[] block, int start) {
    int end = start;
    while (end < block.length
        && !(block[end] == '\r' && end + 1 < block.length && block[end + 1] == '\n')) {
      end++;
    }
    return end;
  }

  /** UTF-8 where it is, else ISO-8859-1, which takes any bytes. */
  private static String text(byte[] block, int start, int end) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(block, start, end - start))
          .toString();
    } catch (CharacterCodingException latin) {
      return new String(block, start, end - start, StandardCharsets.ISO_8859_1);
    }
  }
}
