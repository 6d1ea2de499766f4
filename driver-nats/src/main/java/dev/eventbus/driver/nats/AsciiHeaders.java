package dev.eventbus.driver.nats;

import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The headers of a message as bytes. The client takes ASCII in the strict form alone, and its
 * reader ends for good at any other block, without a sign; other clients and the server take
 * anything. So a block that it would not take is changed, in place and in the same length, into one
 * that it takes, and marks are left where bytes were changed.
 */
final class AsciiHeaders {

  /** Stands in a value for a byte that was changed. */
  static final char MARK = 0x7F;

  /** Stands in a name for a byte that was changed. */
  static final char NAME_MARK = '~';

  private static final byte[] VERSION = "NATS/1.0".getBytes(StandardCharsets.US_ASCII);
  private static final int SHORTEST = VERSION.length + 4;

  /** Never goes back: most processes meet no such block, and need not look for marks. */
  private static volatile boolean everMended;

  private AsciiHeaders() {}

  /** Whether this process has changed any block; true for readers of one that it has changed. */
  static boolean everMended() {
    return everMended;
  }

  /**
   * Whether names or values may have been changed on their way: then the true bytes are those that
   * the server has stored. Rarely true for headers that were not changed, never false for those that
   * were, unless the block was shorter than 16 bytes.
   */
  static boolean maybeChanged(Headers headers) {
    for (var header : headers.entrySet()) {
      if (header.getKey().indexOf(NAME_MARK) >= 0) {
        return true;
      }
      for (String value : header.getValue()) {
        if (value.indexOf(MARK) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the client takes the block as it is; says no to some that it takes. */
  static boolean isPlain(byte[] bytes, int from, int to) {
    if (to - from < SHORTEST || !hasVersion(bytes, from)) {
      return false;
    }
    int at = from + VERSION.length;
    if (bytes[at] == ' ') {
      at = afterStatus(bytes, at, to);
    }
    while (at >= 0 && at + 1 < to && bytes[at] == '\r' && bytes[at + 1] == '\n') {
      at += 2;
      if (at + 2 == to) {
        return bytes[at] == '\r' && bytes[at + 1] == '\n';
      }
      at = afterHeader(bytes, at, to);
    }
    return false;
  }

  /** Where the line that begins with a status ends; -1 if it is not plain. */
  private static int afterStatus(byte[] bytes, int space, int to) {
    int at = space + 1;
    int digits = at;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == digits || at - digits > 9) {
      return -1;
    }
    if (at + 1 < to && bytes[at] == ' ' && bytes[at + 1] > ' ') {
      at = afterText(bytes, at + 1, to);
    }
    return at;
  }

  private static int afterHeader(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isOfName(bytes[at])) {
      at++;
    }
    return at == from || at >= to || bytes[at] != ':' ? -1 : afterText(bytes, at + 1, to);
  }

  private static int afterText(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\r') {
      if (bytes[at] < 0 || bytes[at] == '\n') {
        return -1;
      }
      at++;
    }
    return at;
  }

  private static boolean isOfName(byte b) {
    return b > ' ' && b < 0x7F && b != ':';
  }

  private static boolean hasVersion(byte[] bytes, int from) {
    return Arrays.equals(bytes, from, from + VERSION.length, VERSION, 0, VERSION.length);
  }

  /**
   * Changes the block into one that the client takes.
   *
   * @return false if none has this length
   */
  static boolean mend(byte[] bytes, int from, int to) {
    everMended = true;
    int length = to - from;
    if (length < SHORTEST || length == SHORTEST + 1) {
      return false;
    }
    if (!mendLines(bytes, from, to) || !isTaken(bytes, from, to)) {
      replace(bytes, from, to);
    }
    return true;
  }

  private static boolean isTaken(byte[] bytes, int from, int to) {
    try {
      return new IncomingHeadersProcessor(Arrays.copyOfRange(bytes, from, to)).getSerializedLength()
          == to - from;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  private static boolean mendLines(byte[] bytes, int from, int to) {
    if (!hasVersion(bytes, from) || !isLineEnd(bytes, to - 4) || !isLineEnd(bytes, to - 2)) {
      return false;
    }
    int end = lineEnd(bytes, from, to);
    mark(bytes, from, end, MARK);
    int at = end + 2;
    while (at < to - 2) {
      end = lineEnd(bytes, at, to);
      if (end == at) {
        return true; // all clients end at an empty line
      }
      if (!mendHeader(bytes, at, end)) {
        return false;
      }
      at = end + 2;
    }
    return true;
  }

  /** The next line end; there is one, since the block ends with two. */
  private static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to - 2 && !isLineEnd(bytes, at)) {
      at++;
    }
    return at;
  }

  private static boolean isLineEnd(byte[] bytes, int at) {
    return bytes[at] == '\r' && bytes[at + 1] == '\n';
  }

  private static boolean mendHeader(byte[] bytes, int from, int end) {
    int colon = from;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    if (colon == from || colon == end) {
      if (end - from < 2) {
        return false;
      }
      bytes[from] = NAME_MARK;
      colon = colon == from ? from + 1 : end - 1;
      bytes[colon] = ':';
    }
    for (int at = from; at < colon; at++) {
      if (!isOfName(bytes[at])) {
        bytes[at] = NAME_MARK;
      }
    }
    mark(bytes, colon + 1, end, MARK);
    return true;
  }

  private static void mark(byte[] bytes, int from, int to, char mark) {
    for (int at = from; at < to; at++) {
      if (bytes[at] < 0 || bytes[at] == '\n' || bytes[at] == '\r') {
        bytes[at] = (byte) mark;
      }
    }
  }

  /** Nothing of the block can be kept: one header of marks, or none where it is too short for that. */
  private static void replace(byte[] bytes, int from, int to) {
    Arrays.fill(bytes, from, to, (byte) MARK);
    System.arraycopy(VERSION, 0, bytes, from, VERSION.length);
    int line = from + VERSION.length;
    endLine(bytes, line);
    if (to - from >= SHORTEST + 4) {
      bytes[line + 2] = NAME_MARK;
      bytes[line + 3] = ':';
      endLine(bytes, to - 4);
    } else {
      endLine(bytes, line + 2);
    }
    endLine(bytes, to - 2);
  }

  private static void endLine(byte[] bytes, int at) {
    bytes[at] = '\r';
    bytes[at + 1] = '\n';
  }
}
