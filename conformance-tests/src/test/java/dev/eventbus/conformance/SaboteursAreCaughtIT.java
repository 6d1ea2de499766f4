package dev.eventbus.conformance;

import java.nio.file.Path;

class SaboteursAreCaughtIT extends SaboteurConformance {

  @Override
  protected BrokerFixture openBroker(Path directory) {
    return new EmbeddedBroker(directory);
  }
}
