package dev.eventbus.driver.embedded;

import java.nio.charset.StandardCharsets;

/** Reads what {@link EventCodec} wrote, and refuses whatever goes beyond the bytes. */
final class MetaReader {

  private final byte[] bytes;
  private int at;

  MetaReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= bytes.length) {
        throw new IllegalArgumentException("it ends within a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has more than 64 bits");
  }

  String text() {
    long head = number();
    long length = head >>> 1;
    if (length > bytes.length - at) {
      throw new IllegalArgumentException("it ends within a text");
    }
    int from = at;
    at += (int) length;
    if ((head & 1) == 0) {
      return new String(bytes, from, (int) length, StandardCharsets.UTF_8);
    }
    var chars = new char[(int) length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[from + 2 * i] << 8) | (bytes[from + 2 * i + 1] & 0xff));
    }
    return new String(chars);
  }

  void end() {
    if (at != bytes.length) {
      throw new IllegalArgumentException("it has bytes behind its end");
    }
  }
}
