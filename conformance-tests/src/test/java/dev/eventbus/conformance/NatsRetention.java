package dev.eventbus.conformance;

import dev.eventbus.conformance.BrokerFixture.Counts;
import dev.eventbus.conformance.BrokerFixture.Retention;
import java.io.IOException;
import java.util.Map;

/** The age of a stream is fixed when it is made, so an administrator purges it. */
record NatsRetention(String url) implements Retention {

  @Override
  public Map<String, String> soon() {
    return Map.of();
  }

  @Override
  public void take(String topic) throws IOException {
    try (var wire = new NatsWire(url)) {
      wire.ask("STREAM.PURGE." + NatsPlainClient.stream(topic), "");
    }
  }

  @Override
  public Counts counts() {
    return Counts.AT_MOST;
  }
}
