package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.spi.Membership;

/** A membership that hears what becomes of the connection. */
interface Member extends Membership {

  void disconnected(String why);

  void reconnected();

  /** The user may not do something, perhaps of another membership. */
  void denied(Denial denial);

  /** There will be no connection again. */
  void ended(DriverException why);
}
