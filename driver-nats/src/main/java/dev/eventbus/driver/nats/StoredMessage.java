package dev.eventbus.driver.nats;

import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;

/**
 * One message as the stream holds it, read past the client's own parsing of headers.
 *
 * @param sequence its place in the stream
 * @param subject its subject
 * @param time when it was stored
 * @param headers the header block, byte for byte; empty when it has none
 * @param data the payload
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record StoredMessage(long sequence, String subject, Instant time, byte[] headers, byte[] data) {

  /** Reads the answer to a request for one message. */
  static StoredMessage of(Message answer) {
    JsonValue json = parsed(answer);
    JsonValue error = JsonValueUtils.readValue(json, "error");
    if (error != null) {
      throw new ServerRefusal(
          JsonValueUtils.readInteger(error, "err_code", -1),
          Objects.requireNonNullElse(JsonValueUtils.readString(error, "description"), "refused"));
    }
    JsonValue message = JsonValueUtils.readValue(json, "message");
    return new StoredMessage(
        JsonValueUtils.readLong(message, "seq", 0),
        Objects.requireNonNullElse(JsonValueUtils.readString(message, "subject"), ""),
        Objects.requireNonNull(JsonValueUtils.readDate(message, "time"), "time").toInstant(),
        bytes(message, "hdrs"),
        bytes(message, "data"));
  }

  private static JsonValue parsed(Message answer) {
    try {
      return JsonParser.parse(answer.getData());
    } catch (JsonParseException e) {
      throw new IllegalStateException("The server's answer cannot be read", e);
    }
  }

  private static byte[] bytes(JsonValue message, String name) {
    String text = JsonValueUtils.readString(message, name);
    return text == null ? new byte[0] : Base64.getDecoder().decode(text);
  }

  /** A header's value, or the empty text. */
  String header(String name) {
    String block = new String(headers, StandardCharsets.ISO_8859_1);
    String sought = "\r\n" + name + ":";
    int start = block.indexOf(sought);
    if (start < 0) {
      return "";
    }
    int from = start + sought.length();
    return block.substring(from, block.indexOf("\r\n", from)).strip();
  }
}
