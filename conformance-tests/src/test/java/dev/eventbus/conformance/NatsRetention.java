package dev.eventbus.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eventbus.conformance.BrokerFixture.Counts;
import dev.eventbus.conformance.BrokerFixture.Retention;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** The age of a stream is fixed when it is made, so an administrator changes it for a moment. */
record NatsRetention(String url) implements Retention {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public Map<String, String> soon() {
    return Map.of();
  }

  /** A purge would not do: it moves the consumers along, as if all had been handled. */
  @Override
  public void take(String topic) throws IOException {
    String stream = NatsPlainClient.stream(topic);
    try (var wire = new NatsWire(url)) {
      JsonNode config = wire.ask("STREAM.INFO." + stream, "").path("config");
      ObjectNode shorter = config.deepCopy();
      long second = Duration.ofSeconds(1).toNanos();
      shorter.put("max_age", second).put("duplicate_window", second);
      wire.ask("STREAM.UPDATE." + stream, shorter.toString());
      Awaitility.await("the age of " + topic)
          .atMost(PATIENCE)
          .until(() -> wire.ask("STREAM.INFO." + stream, "")
                  .path("state")
                  .path("messages")
                  .asLong()
              == 0);
      wire.ask("STREAM.UPDATE." + stream, config.toString());
    }
  }

  @Override
  public Counts counts() {
    return Counts.AT_MOST;
  }
}
