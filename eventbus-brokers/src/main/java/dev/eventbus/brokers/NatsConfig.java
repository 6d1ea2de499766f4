package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The files, ports and configuration of one node. */
record NatsConfig(String name, NatsSpec spec, NatsPorts ports, List<NatsPorts> all) {

  /** One for each node, named {@code n1} and so on. */
  static List<NatsConfig> all(NatsSpec spec, List<NatsPorts> ports) {
    var configs = new ArrayList<NatsConfig>();
    for (NatsPorts own : ports) {
      configs.add(new NatsConfig(name(configs.size()), spec, own, ports));
    }
    return configs;
  }

  Path directory() {
    return directory(spec, all.indexOf(ports));
  }

  Path file() {
    return directory().resolve("nats.conf");
  }

  static Path pidFile(Path directory) {
    return directory.resolve("nats.pid");
  }

  Path log() {
    return directory().resolve("nats.log");
  }

  private static String name(int index) {
    return "n" + (index + 1);
  }

  /** Where the node with this index, from 0, has its files. */
  static Path directory(NatsSpec spec, int index) {
    return spec.directory().resolve(name(index));
  }

  boolean hasJetStream() {
    return spec.storage() == NatsSpec.Storage.JETSTREAM;
  }

  /** Writes the file, readable by the owner alone where the system knows that. */
  void write() throws IOException {
    Files.createDirectories(directory());
    Files.deleteIfExists(file());
    if (Files.getFileStore(directory()).supportsFileAttributeView("posix")) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file(), PosixFilePermissions.asFileAttribute(ownerOnly));
    }
    Files.writeString(file(), text());
  }

  String text() {
    var text = new StringBuilder();
    text.append("server_name: ").append(name).append('\n');
    text.append("listen: ").append(address(ports.client())).append('\n');
    text.append("http: ").append(address(ports.monitoring())).append('\n');
    text.append("pid_file: ").append(quoted(pidFile(directory()))).append('\n');
    text.append("max_payload: ").append(spec.maxPayload()).append('\n');
    if (hasJetStream()) {
      text.append("jetstream {\n");
      text.append("  store_dir: ").append(quoted(directory().resolve("store"))).append('\n');
      Duration sync = spec.syncInterval();
      if (sync != null) {
        text.append("  sync_interval: ").append(sync(sync)).append('\n');
      }
      text.append("}\n");
    }
    if (all.size() > 1) {
      text.append("cluster {\n  name: eventbus\n");
      text.append("  listen: ").append(address(ports.route())).append('\n');
      text.append("  routes: [").append(routes()).append("]\n}\n");
    }
    return text.append(spec.extraConfig()).append('\n').toString();
  }

  private String routes() {
    return all.stream()
        .map(node -> "\"nats://" + NatsPorts.HOST + ":" + node.route() + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String sync(Duration interval) {
    return interval.isZero() ? "always" : "\"" + interval.toMillis() + "ms\"";
  }

  private static String address(int port) {
    return "\"" + NatsPorts.HOST + ":" + port + "\"";
  }

  private static String quoted(Path path) {
    return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
