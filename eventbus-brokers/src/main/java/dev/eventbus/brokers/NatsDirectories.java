package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directories of a broker's nodes, which one broker at a time may use. */
final class NatsDirectories {

  private static final int MOST_NODES = 3;

  private NatsDirectories() {}

  /**
   * Refuses a directory that another broker uses, or that one with another number of nodes made: a
   * cluster does not take over the streams of a single server, nor the other way round.
   */
  static void check(NatsSpec spec) {
    int made = 0;
    for (int node = 0; node < MOST_NODES; node++) {
      Path directory = NatsConfig.directory(spec, node);
      if (Files.isDirectory(directory)) {
        made++;
        user(directory).ifPresent(process -> {
          throw new BrokerException(
              "%s is in use by nats-server process %d: stop it, or give another directory"
                  .formatted(directory, process.pid()));
        });
      }
    }
    if (made != 0 && made != spec.nodes()) {
      throw new BrokerException("%s has the files of %d node(s), not of %d: give another directory"
          .formatted(spec.directory(), made, spec.nodes()));
    }
  }

  /** The nats-server that has written the pid file, if it lives; another with its pid is none. */
  private static Optional<ProcessHandle> user(Path directory) {
    try {
      long pid = Long.parseLong(Files.readString(NatsConfig.pidFile(directory)).strip());
      return ProcessHandle.of(pid).filter(NatsDirectories::isServer);
    } catch (IOException | NumberFormatException noPid) {
      return Optional.empty();
    }
  }

  private static boolean isServer(ProcessHandle process) {
    return process
        .info()
        .command()
        .filter(command -> command.contains("nats-server"))
        .isPresent();
  }
}
