package dev.eventbus.cli.demo;

import dev.eventbus.Settings;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo runs: a fresh directory for its histories, and the broker.
 *
 * @param directory takes histories, logs and what a broker of the demo's own stores
 * @param settings for the bus of every process
 * @param servers the demo's own, or null
 */
record DemoPlace(
    Path directory, Map<String, String> settings, @Nullable NatsCluster servers) {

  private static final String EMBEDDED = "embedded";
  private static final String EMBEDDED_FILE = "EVENTBUS_EMBEDDED_FILE";
  private static final String NATS = "nats";
  private static final List<String> NATS_ADDRESSES = List.of("NATS_SERVER_URL", "MQ_NAME_SERVER");

  /** What the names of the drivers' settings begin with; no other variable goes to the members. */
  private static final List<String> PREFIXES = List.of(
      "COZE_MQ_", "EVENTBUS_", "MQ_", "NATS_", "KAFKA_", "ROCKETMQ_", "RMQ_", "PULSAR_", "NSQ");

  /** Whether the demo brings servers of its own: nats is asked for, and no address is given. */
  static boolean hasOwnServers(Map<String, String> environment) {
    var settings = Settings.of(environment);
    return settings.text(Settings.TYPE, EMBEDDED).equalsIgnoreCase(NATS)
        && NATS_ADDRESSES.stream().allMatch(name -> settings.text(name, "").isEmpty());
  }

  /**
   * A fresh place: the broker of {@code COZE_MQ_TYPE}, or else a new embedded one.
   *
   * @param nodes of the demo's own servers, if it has any
   * @param news is told what takes long
   */
  static DemoPlace create(int nodes, Consumer<String> news) throws IOException {
    Path directory = Files.createTempDirectory("eventbus-demo-");
    var settings = new HashMap<>(System.getenv());
    settings.keySet().removeIf(name -> PREFIXES.stream().noneMatch(name::startsWith));
    if (Settings.of(settings).text(Settings.TYPE, EMBEDDED).equalsIgnoreCase(EMBEDDED)) {
      settings.put(Settings.TYPE, EMBEDDED);
      settings.put(EMBEDDED_FILE, directory.resolve("eventbus.db").toString());
    }
    if (!hasOwnServers(settings)) {
      return new DemoPlace(directory, Map.copyOf(settings), null);
    }
    NatsCluster servers = start(directory, nodes, news);
    settings.putAll(servers.settings());
    return new DemoPlace(directory, Map.copyOf(settings), servers);
  }

  private static NatsCluster start(Path directory, int nodes, Consumer<String> news)
      throws IOException {
    try {
      NatsServers.binary(System.getenv(), news);
      return NatsServers.start(NatsSpec.in(directory.resolve(NATS)).withNodes(nodes));
    } catch (RuntimeException e) {
      delete(directory, path -> true);
      throw e;
    }
  }

  /** What kind of broker it is. */
  String broker() {
    String kind = Settings.of(settings).text(Settings.TYPE, EMBEDDED);
    return servers == null ? kind : kind + " (started here)";
  }

  /** The demo's own servers, which it may harm. */
  NatsCluster ownServers() {
    if (servers == null) {
      throw new IllegalStateException("the broker is not the demo's own");
    }
    return servers;
  }

  /** Lets the demo's own servers outlive the members when the process is told to end. */
  void keepServersToTheEnd() {
    if (servers != null) {
      servers.dropShutdownHook();
    }
  }

  /** Ends the demo's own servers. Idempotent. */
  void endServers() {
    if (servers != null) {
      servers.close();
    }
  }

  /** Removes the files that may hold secrets: the settings of each member. */
  void deleteSettings() throws IOException {
    delete(directory, path -> path.toString().endsWith(".properties"));
  }

  /** Removes the directory and what is in it. */
  void delete() throws IOException {
    delete(directory, path -> true);
  }

  private static void delete(Path directory, Predicate<Path> which) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(directory)) {
      deepestFirst = tree.filter(which).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
