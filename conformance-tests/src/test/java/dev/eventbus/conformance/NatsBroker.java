package dev.eventbus.conformance;

import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One nats-server, or a cluster of three that keeps three copies of everything. */
record NatsBroker(NatsCluster servers, Map<String, String> settings) implements BrokerFixture {

  private static final String REPLICAS = "NATS_STREAM_REPLICAS";
  private static final String URL = "NATS_SERVER_URL";

  /** A port below 1024 that no service uses: nobody listens there, today or later. */
  private static final String NOWHERE = "nats://127.0.0.1:1";

  static NatsBroker single(Path directory) {
    NatsCluster servers = NatsServers.start(NatsSpec.in(directory.resolve("nats")));
    return new NatsBroker(servers, servers.settings());
  }

  static NatsBroker cluster(Path directory) {
    NatsCluster servers =
        NatsServers.start(NatsSpec.in(directory.resolve("nats")).withNodes(3));
    var settings = new HashMap<>(servers.settings());
    settings.put(REPLICAS, "3");
    return new NatsBroker(servers, Map.copyOf(settings));
  }

  @Override
  public String driver() {
    return "nats";
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

  @Override
  public Optional<Corruption> corruption() {
    return Optional.empty();
  }

  @Override
  public Optional<Retention> retention() {
    return Optional.empty();
  }

  /** All nodes at once. */
  @Override
  public Optional<BrokerControl> control() {
    return Optional.of(new NatsControl(servers));
  }

  @Override
  public void close() {
    servers.close();
  }
}
