package dev.eventbus.driver.nats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text in printable ASCII, as the CloudEvents bindings have it: the UTF-8 bytes of space, {@code "},
 * {@code %}, control characters and all beyond ASCII are written {@code %XX}.
 */
final class PercentText {

  private static final String HEX = "0123456789ABCDEF";

  private PercentText() {}

  /** The encoded text; the same object where nothing has to be encoded. */
  static String encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return encodeFrom(text, i);
      }
    }
    return text;
  }

  private static String encodeFrom(String text, int first) {
    var encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (byte octet : text.substring(first).getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(octet)) {
        encoded.append((char) octet);
      } else {
        escape(encoded, octet);
      }
    }
    return encoded.toString();
  }

  /** Appends {@code %XX}. */
  static void escape(StringBuilder encoded, int octet) {
    encoded.append('%').append(HEX.charAt((octet >> 4) & 0xf)).append(HEX.charAt(octet & 0xf));
  }

  /** The length of the encoded text. */
  static long encodedLength(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length += isPlain(c) ? 1 : 3;
      } else if (Character.isSurrogate(c)) {
        // Half of four bytes; a lone one becomes a question mark.
        length += isPaired(text, i) ? 6 : 1;
      } else {
        length += c < 0x800 ? 6 : 9;
      }
    }
    return length;
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** The decoded text, or the text as it is where it is no encoding of Unicode. */
  static String decode(String text) {
    return text.indexOf('%') < 0 ? text : decodeEscapes(text);
  }

  private static String decodeEscapes(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.write(encoded[i]);
        continue;
      }
      int octet = i + 2 < encoded.length ? octet(encoded[i + 1], encoded[i + 2]) : -1;
      if (octet < 0) {
        return text;
      }
      decoded.write(octet);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException notUnicode) {
      return text;
    }
  }

  private static int octet(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first << 4 | second;
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '%';
  }
}
