package dev.eventbus.conformance;

import java.nio.file.Path;

/** The brokers that this module's tests can open. */
final class Brokers {

  private Brokers() {}

  /** The one that {@code -Ddriver} names; the embedded one when it names none. */
  static BrokerFixture asked(Path directory) {
    String driver = System.getProperty("driver", "embedded");
    return switch (driver) {
      case "embedded" -> new EmbeddedBroker(directory);
      case "nats" -> NatsBroker.single(directory);
      case "nats-cluster" -> NatsBroker.cluster(directory);
      default ->
        throw new IllegalArgumentException(
            "-Ddriver=" + driver + ": give embedded, nats or nats-cluster");
    };
  }
}
