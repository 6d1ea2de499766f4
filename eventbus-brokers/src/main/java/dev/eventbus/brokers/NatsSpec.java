package dev.eventbus.brokers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What nats-server is started with. Start from {@link #in(Path)} and change what differs.
 *
 * @param directory has a directory for each node, with its store, configuration, log and pid file;
 *     made when missing. A later start in the same directory finds what was stored
 * @param nodes 1 or 3; default 1
 * @param storage whether JetStream is on; default {@link Storage#JETSTREAM}
 * @param port clients' port of the first node, the others have the next ones; default 0: free ones
 * @param maxPayload bytes of one message, at most (the server's {@code max_payload}); default 1 MiB
 * @param syncInterval how often JetStream calls fsync; zero is after every write; null, the
 *     default, leaves it to the server (2 minutes)
 * @param extraConfig text in the server's own syntax, put at the end of each node's configuration;
 *     it may have secrets and shows in no text of this module. It must not redirect the log
 */
public record NatsSpec(
    Path directory,
    int nodes,
    Storage storage,
    int port,
    int maxPayload,
    @Nullable Duration syncInterval,
    String extraConfig) {

  private static final int MOST_PORT = 65_535;

  /** Where a server keeps messages. */
  public enum Storage {
    /** JetStream: streams in files of the node's directory. */
    JETSTREAM,
    /** No JetStream: messages that nobody listens to are gone. */
    NONE
  }

  public NatsSpec {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(extraConfig, "extraConfig");
    directory = directory.toAbsolutePath().normalize();
    if (nodes != 1 && nodes != 3) {
      throw new IllegalArgumentException("nodes is " + nodes + ": give 1 or 3");
    }
    if (port < 0 || port > MOST_PORT - nodes + 1) {
      throw new IllegalArgumentException(
          "port is " + port + ": give 0 for a free one, or 1 to " + (MOST_PORT - nodes + 1));
    }
    if (maxPayload < 1) {
      throw new IllegalArgumentException("maxPayload is " + maxPayload + ": give at least 1");
    }
    if (syncInterval != null && syncInterval.isNegative()) {
      throw new IllegalArgumentException("syncInterval is " + syncInterval + ": give zero or more");
    }
  }

  /** The defaults named above. */
  public static NatsSpec in(Path directory) {
    return new NatsSpec(directory, 1, Storage.JETSTREAM, 0, 1 << 20, null, "");
  }

  /** A copy with another {@link #nodes()}. */
  public NatsSpec withNodes(int value) {
    return new NatsSpec(directory, value, storage, port, maxPayload, syncInterval, extraConfig);
  }

  /** A copy with another {@link #storage()}. */
  public NatsSpec withStorage(Storage value) {
    return new NatsSpec(directory, nodes, value, port, maxPayload, syncInterval, extraConfig);
  }

  /** A copy with another {@link #port()}. */
  public NatsSpec withPort(int value) {
    return new NatsSpec(directory, nodes, storage, value, maxPayload, syncInterval, extraConfig);
  }

  /** A copy with another {@link #maxPayload()}. */
  public NatsSpec withMaxPayload(int bytes) {
    return new NatsSpec(directory, nodes, storage, port, bytes, syncInterval, extraConfig);
  }

  /** A copy with another {@link #syncInterval()}. */
  public NatsSpec withSyncInterval(Duration value) {
    return new NatsSpec(directory, nodes, storage, port, maxPayload, value, extraConfig);
  }

  /** A copy with another {@link #extraConfig()}. */
  public NatsSpec withExtraConfig(String value) {
    return new NatsSpec(directory, nodes, storage, port, maxPayload, syncInterval, value);
  }

  /** Without the extra configuration, which may have secrets. */
  @Override
  public String toString() {
    return "NatsSpec[directory=%s, nodes=%d, storage=%s, port=%d, maxPayload=%d, syncInterval=%s]"
        .formatted(directory, nodes, storage, port, maxPayload, syncInterval);
  }
}
