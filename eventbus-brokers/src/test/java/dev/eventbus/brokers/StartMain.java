package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Path;

/** Starts a server in a process of its own, prints its pid, and exits at the end of stdin. */
final class StartMain {

  private StartMain() {}

  public static void main(String... args) throws IOException {
    NatsCluster server = NatsServers.start(NatsSpec.in(Path.of(args[0])));
    System.out.println(server.nodes().get(0).pid());
    System.exit(System.in.read() + 1);
  }
}
