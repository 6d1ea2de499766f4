package dev.eventbus.conformance;

import java.nio.file.Path;

class NatsSaboteursAreCaughtIT extends SaboteurConformance {

  @Override
  protected BrokerFixture openBroker(Path directory) {
    return NatsBroker.single(directory);
  }
}
