package dev.eventbus.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Payload bytes as text, where they are text. */
final class PayloadText {

  private PayloadText() {}

  /** The bytes read as UTF-8; empty if they are not that. */
  static Optional<String> of(byte[] payload) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(payload)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  static String base64(byte[] payload) {
    return Base64.getEncoder().encodeToString(payload);
  }

  /** The text on one line and without power over a terminal: control characters are escaped. */
  static String printable(String text) {
    var line = new StringBuilder(text.length());
    text.chars().forEach(one -> {
      switch (one) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(one)) {
            line.append(String.format("\\u%04x", one));
          } else {
            line.append((char) one);
          }
        }
      }
    });
    return line.toString();
  }
}
