package dev.eventbus.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One nats-server, or a cluster of three that keeps three copies of everything. */
final class NatsBroker implements BrokerFixture {

  private static final String REPLICAS = "NATS_STREAM_REPLICAS";
  private static final String JETSTREAM = "NATS_USE_JETSTREAM";
  private static final String URL = "NATS_SERVER_URL";

  /** A port below 1024 that no service uses: nobody listens there, today or later. */
  private static final String NOWHERE = "nats://127.0.0.1:1";

  private final Path directory;
  private final NatsCluster servers;
  private final Map<String, String> settings;
  private @Nullable NatsGuarded guarded;

  private NatsBroker(Path directory, NatsCluster servers, Map<String, String> settings) {
    this.directory = directory;
    this.servers = servers;
    this.settings = Map.copyOf(settings);
  }

  static NatsBroker single(Path directory) {
    NatsCluster servers = NatsServers.start(NatsSpec.in(directory.resolve("nats")));
    return new NatsBroker(directory, servers, servers.settings());
  }

  static NatsBroker cluster(Path directory) {
    NatsCluster servers =
        NatsServers.start(NatsSpec.in(directory.resolve("nats")).withNodes(3));
    var settings = new HashMap<>(servers.settings());
    settings.put(REPLICAS, "3");
    return new NatsBroker(directory, servers, settings);
  }

  NatsCluster servers() {
    return servers;
  }

  @Override
  public String driver() {
    return "nats";
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public Map<String, String> absentBroker() {
    var absent = new HashMap<>(settings);
    absent.put(URL, NOWHERE);
    return absent;
  }

  @Override
  public List<String> jvmOptions() {
    return List.of();
  }

  /** Nobody can damage what is stored; a plain client may say that it is a CloudEvent, and be wrong. */
  @Override
  public Optional<Corruption> corruption() {
    return Optional.of((bus, topic, event) -> {
      try (var plain = new NatsPlainClient(wire())) {
        Map<String, String> headers = Map.of("ce-id", event.id(), "ce-time", "yesterday");
        plain.put(topic, new RawMessage(event.key(), headers, event.payload()));
      }
    });
  }

  @Override
  public Optional<Retention> retention() {
    return Optional.of(new NatsRetention(url()));
  }

  /** All nodes at once. */
  @Override
  public Optional<BrokerControl> control() {
    return Optional.of(new NatsControl(servers));
  }

  @Override
  public Optional<Cluster> cluster() {
    return servers.nodes().size() > 1 ? Optional.of(new NatsNodes(servers)) : Optional.empty();
  }

  private NatsWire wire() throws IOException {
    return new NatsWire(url());
  }

  private String url() {
    return servers.nodes().get(0).url();
  }

  @Override
  public Optional<RawClient> raw() {
    try {
      return Optional.of(new NatsPlainClient(wire()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server of its own, since the one of the other tests takes everybody. */
  @Override
  public List<WrongCredentials> wrongCredentials() {
    NatsGuarded server = guarded;
    if (server == null) {
      server = NatsGuarded.start(directory.resolve("guarded"));
      guarded = server;
    }
    return server.wrong();
  }

  /** What {@code nats consumer info} shows of the group's consumers. */
  @Override
  public Optional<NativeLag> nativeLag() {
    return Optional.of((topic, group) -> {
      try (NatsWire wire = wire()) {
        long lag = 0;
        JsonNode list = wire.ask("CONSUMER.LIST." + NatsPlainClient.stream(topic), "");
        for (JsonNode consumer : list.path("consumers")) {
          if (consumer
              .path("config")
              .path("metadata")
              .path("eventbus.group")
              .asText()
              .equals(group)) {
            lag += consumer.path("num_pending").asLong()
                + consumer.path("num_ack_pending").asLong();
          }
        }
        return lag;
      }
    });
  }

  @Override
  public Optional<NativeTopics> nativeTopics() {
    return Optional.of(topic -> {
      try (NatsWire wire = wire()) {
        wire.ask("STREAM.DELETE." + NatsPlainClient.stream(topic), "");
      }
    });
  }

  @Override
  public Optional<Map<String, String>> realtime() {
    return Optional.of(Map.of(JETSTREAM, "false"));
  }

  @Override
  public Set<Long> processes() {
    Set<Long> processes = new HashSet<>();
    servers.nodes().stream()
        .filter(BrokerNode::isRunning)
        .map(BrokerNode::pid)
        .forEach(processes::add);
    NatsGuarded server = guarded;
    if (server != null) {
      server.server().nodes().stream().map(BrokerNode::pid).forEach(processes::add);
    }
    return processes;
  }

  @Override
  public void close() {
    servers.close();
    if (guarded != null) {
      guarded.close();
    }
  }
}
