package dev.eventbus.conformance;

import java.nio.file.Path;

class ChaosIT extends ChaosConformance {

  @Override
  protected BrokerFixture openBroker(Path directory) {
    return Brokers.asked(directory);
  }
}
