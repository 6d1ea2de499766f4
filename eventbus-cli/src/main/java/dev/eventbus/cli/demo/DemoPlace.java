package dev.eventbus.cli.demo;

import dev.eventbus.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a demo runs: a fresh directory for its histories, and the broker.
 *
 * @param directory takes histories, logs and the embedded database
 * @param environment what to change in the environment of this process
 */
record DemoPlace(Path directory, Map<String, String> environment) {

  private static final String EMBEDDED = "embedded";
  private static final String EMBEDDED_FILE = "EVENTBUS_EMBEDDED_FILE";

  /** A fresh place: the broker of {@code COZE_MQ_TYPE}, or else a new embedded one. */
  static DemoPlace create() throws IOException {
    Path directory = Files.createTempDirectory("eventbus-demo-");
    String type = Settings.fromEnvironment().text(Settings.TYPE, EMBEDDED);
    if (!type.equalsIgnoreCase(EMBEDDED)) {
      return new DemoPlace(directory, Map.of());
    }
    String file = directory.resolve("eventbus.db").toString();
    return new DemoPlace(directory, Map.of(Settings.TYPE, EMBEDDED, EMBEDDED_FILE, file));
  }

  Settings settings() {
    var all = new HashMap<>(System.getenv());
    all.putAll(environment);
    return Settings.of(all);
  }

  String broker() {
    return settings().text(Settings.TYPE, EMBEDDED);
  }

  /** Removes the directory and what is in it. */
  void delete() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(directory)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
