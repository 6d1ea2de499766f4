package dev.eventbus.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eventbus.conformance.BrokerFixture.RawClient;
import dev.eventbus.conformance.BrokerFixture.RawMessage;
import dev.eventbus.spi.KeyLane;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts messages where docs/drivers/nats.md says that others may, and reads what is stored. */
record NatsPlainClient(NatsWire wire) implements RawClient {

  private static final String ATTRIBUTE = "ce-";
  private static final String NO_KEY = "~";

  /** The stream of a topic. */
  static String stream(String topic) {
    return topic.replace('.', '=');
  }

  @Override
  public void put(String topic, RawMessage message) throws IOException {
    String key = message.key();
    String subject = key == null ? topic : topic + ".~." + KeyLane.token(key);
    wire.request(subject, message.headers(), message.payload());
  }

  @Override
  public List<RawMessage> stored(String topic) throws IOException {
    String stream = stream(topic);
    JsonNode state = wire.ask("STREAM.INFO." + stream, "").path("state");
    var stored = new ArrayList<RawMessage>();
    for (long seq = state.path("first_seq").asLong();
        seq <= state.path("last_seq").asLong();
        seq++) {
      JsonNode message =
          wire.ask("STREAM.MSG.GET." + stream, "{\"seq\":" + seq + "}").path("message");
      stored.add(new RawMessage(
          keyOf(message.path("subject").asText()),
          headers(bytes(message.path("hdrs"))),
          bytes(message.path("data"))));
    }
    return stored;
  }

  private @Nullable String keyOf(String subject) {
    String token = subject.substring(subject.lastIndexOf('.') + 1);
    return token.equals(NO_KEY) ? null : decoded(token);
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText());
  }

  private static Map<String, String> headers(byte[] block) {
    var headers = new LinkedHashMap<String, String>();
    for (String line : new String(block, StandardCharsets.UTF_8).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  @Override
  public String headerOf(String attribute) {
    return ATTRIBUTE + attribute;
  }

  @Override
  public String decoded(String value) {
    return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
