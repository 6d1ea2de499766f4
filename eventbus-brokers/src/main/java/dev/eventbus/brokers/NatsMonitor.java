package dev.eventbus.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/** The monitoring endpoint of one server. Whoever does not answer is neither up nor healthy. */
final class NatsMonitor {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int TIMEOUT_MILLIS = 2_000;

  private final String url;

  NatsMonitor(String url) {
    this.url = url;
  }

  /** Whether it takes connections, and has its storage. */
  boolean isUp(NatsSpec.Storage storage) {
    return isOk(get(
        storage == NatsSpec.Storage.JETSTREAM
            ? "/healthz?js-enabled-only=true"
            : "/healthz?js-server-only=true"));
  }

  /** Whether all that it stores is recovered and current. */
  boolean isHealthy() {
    return isOk(get("/healthz"));
  }

  private static boolean isOk(JsonNode health) {
    return health.path("status").asText().equals("ok");
  }

  /** The server that leads the cluster's JetStream. */
  Optional<String> metaLeader() {
    return text(get("/jsz").path("meta_cluster").path("leader"));
  }

  /** The server that leads a stream, as far as this one knows. */
  Optional<String> leaderOf(String stream) {
    for (JsonNode account : get("/jsz?accounts=true&streams=true").path("account_details")) {
      for (JsonNode detail : account.path("stream_detail")) {
        if (detail.path("name").asText().equals(stream)) {
          return text(detail.path("cluster").path("leader"));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> !text.isEmpty());
  }

  private JsonNode get(String path) {
    HttpURLConnection connection = null;
    try {
      connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Connection", "close");
      try (InputStream body = connection.getResponseCode() == HttpURLConnection.HTTP_OK
          ? connection.getInputStream()
          : connection.getErrorStream()) {
        return body == null ? MissingNode.getInstance() : JSON.readTree(body);
      }
    } catch (IOException noAnswer) {
      return MissingNode.getInstance();
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }
}
