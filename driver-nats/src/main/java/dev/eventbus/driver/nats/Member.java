package dev.eventbus.driver.nats;

import dev.eventbus.spi.Membership;

/** A membership that hears what becomes of the connection. */
interface Member extends Membership {

  void disconnected(String why);

  void reconnected();

  /** The client has given the connection up for good. */
  void closed();
}
