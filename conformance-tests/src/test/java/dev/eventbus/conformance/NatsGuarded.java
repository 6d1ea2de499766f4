package dev.eventbus.conformance;

import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import dev.eventbus.conformance.BrokerFixture.WrongCredentials;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A server that knows one user, and what others come with. */
record NatsGuarded(NatsCluster server) implements AutoCloseable {

  private static final String USERS = """
      authorization { users: [ { user: "known", password: "%s" } ] }
      """;

  static NatsGuarded start(Path directory) {
    String config = USERS.formatted(UUID.randomUUID());
    return new NatsGuarded(NatsServers.start(NatsSpec.in(directory).withExtraConfig(config)));
  }

  List<WrongCredentials> wrong() {
    return List.of(
        wrong("NATS_TOKEN", Map.of()),
        wrong("NATS_PASSWORD", Map.of("NATS_USERNAME", "known")),
        wrong("NATS_PASSWORD", Map.of("NATS_USERNAME", "unknown")));
  }

  private WrongCredentials wrong(String setting, Map<String, String> others) {
    String secret = "wrong-" + UUID.randomUUID();
    var settings = new HashMap<>(server.settings());
    settings.putAll(others);
    settings.put(setting, secret);
    return new WrongCredentials(settings, setting, secret);
  }

  @Override
  public void close() {
    server.close();
  }
}
