package dev.eventbus.brokers;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that is closed without waiting for anybody. */
record Client(Connection connection) implements AutoCloseable {

  private static final String STREAM = "orders";

  static Client of(NatsCluster server) throws Exception {
    return with(Options.builder().server(server.url()));
  }

  static Client with(Options.Builder options) throws Exception {
    return new Client(Nats.connect(options.build()));
  }

  void createStream(int replicas) throws Exception {
    connection
        .jetStreamManagement()
        .addStream(StreamConfiguration.builder()
            .name(STREAM)
            .subjects(STREAM)
            .replicas(replicas)
            .build());
  }

  void store(String text) throws Exception {
    connection.jetStream().publish(STREAM, text.getBytes(StandardCharsets.UTF_8));
  }

  long stored() throws Exception {
    return connection
        .jetStreamManagement()
        .getStreamInfo(STREAM)
        .getStreamState()
        .getMsgCount();
  }

  void roundTrip(Duration limit) throws Exception {
    connection.flush(limit);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
