package dev.eventbus.cli.demo;

import dev.eventbus.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a demo runs: a fresh directory for its histories, and the broker.
 *
 * @param directory takes histories, logs and the embedded database
 * @param settings for the bus of every process
 */
record DemoPlace(Path directory, Map<String, String> settings) {

  private static final String EMBEDDED = "embedded";
  private static final String EMBEDDED_FILE = "EVENTBUS_EMBEDDED_FILE";

  /** What the names of the drivers' settings begin with; no other variable goes to the members. */
  private static final List<String> PREFIXES = List.of(
      "COZE_MQ_", "EVENTBUS_", "MQ_", "NATS_", "KAFKA_", "ROCKETMQ_", "RMQ_", "PULSAR_", "NSQ");

  /** A fresh place: the broker of {@code COZE_MQ_TYPE}, or else a new embedded one. */
  static DemoPlace create() throws IOException {
    Path directory = Files.createTempDirectory("eventbus-demo-");
    var settings = new HashMap<>(System.getenv());
    settings.keySet().removeIf(name -> PREFIXES.stream().noneMatch(name::startsWith));
    if (Settings.of(settings).text(Settings.TYPE, EMBEDDED).equalsIgnoreCase(EMBEDDED)) {
      settings.put(Settings.TYPE, EMBEDDED);
      settings.put(EMBEDDED_FILE, directory.resolve("eventbus.db").toString());
    }
    return new DemoPlace(directory, Map.copyOf(settings));
  }

  /** What kind of broker it is. */
  String broker() {
    return Settings.of(settings).text(Settings.TYPE, EMBEDDED);
  }

  /** Removes the files that may hold secrets: the settings of each member. */
  void deleteSettings() throws IOException {
    delete(path -> path.toString().endsWith(".properties"));
  }

  /** Removes the directory and what is in it. */
  void delete() throws IOException {
    delete(path -> true);
  }

  private void delete(Predicate<Path> which) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(directory)) {
      deepestFirst = tree.filter(which).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
