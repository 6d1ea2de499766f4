package dev.eventbus.driver.nats;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines of a header block: first the version, then {@code name:value}, each ended by CR LF. Reads
 * what can be read; lines without a name are left out.
 */
final class HeaderBlock {

  private HeaderBlock() {}

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
  static void add(Map<String, String> lines, String name, String value) {
    if (name.isEmpty() || HeaderName.startsWith(name, HeaderName.SERVER_PREFIX)) {
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
