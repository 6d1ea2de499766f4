package dev.eventbus.conformance;

import java.nio.file.Path;

/** The brokers that this module's tests can open. */
final class Brokers {

  private static final String EMBEDDED = "embedded";

  private Brokers() {}

  /** The one that {@code -Ddriver} names; the embedded one when it names none. */
  static BrokerFixture asked(Path directory) {
    String driver = System.getProperty("driver", EMBEDDED);
    if (driver.equals(EMBEDDED)) {
      return new EmbeddedBroker(directory);
    }
    throw new IllegalArgumentException(
        "-Ddriver=" + driver + ": no such driver; there is " + EMBEDDED);
  }
}
