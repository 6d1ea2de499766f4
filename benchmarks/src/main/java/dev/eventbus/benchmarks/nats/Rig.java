package dev.eventbus.benchmarks.nats;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One nats-server, or three with a copy of each topic on each; a bus and a plain connection to them.
 * The plain client uses the topics that the bus has made, so the servers' work is the same.
 */
final class Rig implements AutoCloseable {

  /** Lanes of every topic: the default. */
  static final int LANES = 8;

  private final Path directory;
  private final NatsCluster servers;
  private final EventBus bus;
  private final Connection connection;

  private Rig(Path directory, NatsCluster servers, EventBus bus, Connection connection) {
    this.directory = directory;
    this.servers = servers;
    this.bus = bus;
    this.connection = connection;
  }

  static Rig start(int nodes) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("eventbus-benchmark");
    NatsCluster servers = NatsServers.start(NatsSpec.in(directory).withNodes(nodes));
    EventBus bus = EventBus.connect(Settings.of(servers.settings()));
    return new Rig(directory, servers, bus, plain(servers.url()));
  }

  /** It says nothing of consumers that are removed when a measurement ends. */
  private static Connection plain(String url) throws IOException, InterruptedException {
    return Nats.connect(
        Options.builder().server(url).errorListener(new ErrorListener() {}).build());
  }

  EventBus bus() {
    return bus;
  }

  Connection connection() {
    return connection;
  }

  /** For other buses on the same servers. */
  Map<String, String> settings() {
    return servers.settings();
  }

  /** Monitoring addresses of the servers. */
  List<String> monitoringUrls() {
    return servers.monitoringUrls();
  }

  /** Makes a topic, or empties it. */
  RawTopic empty(String topic) throws IOException, JetStreamApiException {
    bus.publish(topic, Event.of("first", new byte[0])).join();
    // On a busy machine a large one takes longer than the client's default of 2 s.
    var options =
        JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(30)).build();
    connection.jetStreamManagement(options).purgeStream(topic);
    return new RawTopic(topic);
  }

  @Override
  public void close() throws IOException {
    close(connection);
    bus.close();
    servers.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
