package dev.eventbus.conformance;

import java.nio.file.Path;

class EmbeddedConformanceIT extends BusConformance {

  @Override
  protected BrokerFixture openBroker(Path directory) {
    return new EmbeddedBroker(directory);
  }
}
