package dev.eventbus.driver.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The server's bytes with every block of headers in a form that the client takes; see {@link
 * AsciiHeaders}. Control lines and headers are handed on once they are complete, payloads as they
 * come: those are not looked at. What it does not understand it hands on as it is.
 *
 * <p>{@code out <= checked <= end}: up to {@code checked} the bytes may be handed on. Used by one
 * thread at a time.
 */
final class SafeFrames {

  private static final int USUAL = 64 << 10;

  /** A line that is longer is no control line. */
  private static final int LONGEST_LINE = 4 << 20;

  private final ByteSource source;
  private final Consumer<String> errors;

  private byte[] buffer = new byte[USUAL];
  private int out;
  private int checked;
  private int end;

  /** Where the search for the end of the line goes on. */
  private int searched;

  /** Bytes of payload, with its line end, that are still to come after {@code checked}. */
  private long payload;

  private boolean unreadable;

  /**
   * Frames of the source.
   *
   * @param errors is told of each line in which the server names an error
   */
  SafeFrames(ByteSource source, Consumer<String> errors) {
    this.source = source;
    this.errors = errors;
  }

  /** Whether nothing is held back. */
  boolean isEmpty() {
    return out == end;
  }

  /** As {@link ByteSource#read}. */
  int read(byte[] into, int from, int length) throws IOException {
    if (isEmpty() && (payload >= length || unreadable)) {
      int count = source.read(into, from, length);
      payload -= Math.max(0, unreadable ? 0 : count);
      return count;
    }
    while (out == checked) {
      makeRoom();
      int count = source.read(buffer, end, buffer.length - end);
      if (count < 0) {
        return count;
      }
      end += count;
      check();
    }
    int count = Math.min(length, checked - out);
    System.arraycopy(buffer, out, into, from, count);
    out += count;
    return count;
  }

  private void makeRoom() {
    if (out > 0) {
      System.arraycopy(buffer, out, buffer, 0, end - out);
      end -= out;
      checked -= out;
      searched = Math.max(0, searched - out);
      out = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    } else if (end == 0 && buffer.length > USUAL) {
      buffer = new byte[USUAL];
    }
  }

  private void check() {
    while (checked < end && !unreadable) {
      if (payload > 0) {
        int count = (int) Math.min(payload, end - checked);
        checked += count;
        payload -= count;
      } else if (!checkFrame()) {
        return;
      }
    }
    if (unreadable) {
      checked = end;
    }
  }

  /** False if more bytes are needed. */
  private boolean checkFrame() {
    int newline = newline();
    if (newline < 0) {
      unreadable = end - checked > LONGEST_LINE;
      return unreadable;
    }
    int next = newline + 1;
    switch (buffer[checked]) {
      case 'M', 'm' -> {
        payload = number(newline, 0) + 2;
        unreadable = payload < 2;
        checked = next;
      }
      case 'H', 'h' -> {
        long total = number(newline, 0);
        long headers = number(newline, 1);
        unreadable = headers < 0 || total < headers;
        if (!unreadable && end - next < headers) {
          return false;
        }
        checkHeaders(next, (int) headers, total);
      }
      case '-' -> {
        errors.accept(line(next));
        checked = next;
      }
      default -> checked = next;
    }
    return true;
  }

  private void checkHeaders(int from, int length, long total) {
    if (unreadable) {
      return;
    }
    int to = from + length;
    payload = total - length + 2;
    if (AsciiHeaders.isPlain(buffer, from, to) || AsciiHeaders.mend(buffer, from, to)) {
      checked = to;
    } else {
      withoutHeaders(from, to, total - length);
    }
  }

  /** Makes an HMSG whose headers nothing can be made of an MSG. */
  private void withoutHeaders(int from, int to, long length) {
    String kept = line(from).substring(1).replaceFirst("[ \\t]+\\d+[ \\t]+\\d+$", "");
    byte[] line = (kept + " " + length + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(line, 0, buffer, checked, line.length);
    checked += line.length;
    System.arraycopy(buffer, to, buffer, checked, end - to);
    end -= to - checked;
    searched = checked;
  }

  private String line(int next) {
    return new String(buffer, checked, next - checked, StandardCharsets.ISO_8859_1).strip();
  }

  private int newline() {
    for (int at = Math.max(searched, checked); at < end; at++) {
      if (buffer[at] == '\n') {
        searched = at;
        return at;
      }
    }
    searched = end;
    return -1;
  }

  /** The last number of the line, or the one before it; -1 if it is none. */
  private long number(int newline, int fromLast) {
    int at = newline - 1;
    if (at < checked || buffer[at] != '\r') {
      return -1;
    }
    at--;
    for (int skip = 0; skip < fromLast; skip++) {
      at = beforeSpace(beforeToken(at));
    }
    int first = beforeToken(at) + 1;
    if (first > at || at - first > 9) {
      return -1;
    }
    long value = 0;
    for (int digit = first; digit <= at; digit++) {
      if (buffer[digit] < '0' || buffer[digit] > '9') {
        return -1;
      }
      value = value * 10 + buffer[digit] - '0';
    }
    return value > Integer.MAX_VALUE ? -1 : value;
  }

  private int beforeToken(int from) {
    int at = from;
    while (at >= checked && buffer[at] != ' ' && buffer[at] != '\t') {
      at--;
    }
    return at;
  }

  private int beforeSpace(int from) {
    int at = from;
    while (at >= checked && (buffer[at] == ' ' || buffer[at] == '\t')) {
      at--;
    }
    return at;
  }
}
