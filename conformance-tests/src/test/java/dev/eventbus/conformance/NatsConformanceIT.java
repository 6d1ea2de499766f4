package dev.eventbus.conformance;

import java.nio.file.Path;

class NatsConformanceIT extends BusConformance {

  @Override
  protected BrokerFixture openBroker(Path directory) {
    return NatsBroker.single(directory);
  }
}
