package dev.eventbus.engine;

import dev.eventbus.Capabilities;
import dev.eventbus.UnsupportedCapabilityException;

/** Refuses what the connected broker cannot do, before its driver is asked. */
record Offers(Capabilities capabilities) {

  /**
   * Lets a call pass that needs a clause.
   *
   * @throws UnsupportedCapabilityException if the driver says that its broker cannot keep it
   */
  void require(String clause) {
    String wayOut = capabilities.notOffered().get(clause);
    if (wayOut != null) {
      throw new UnsupportedCapabilityException(capabilities.driver(), clause, wayOut);
    }
  }
}
