package dev.eventbus.driver.nats;

import dev.eventbus.spi.LaneObserver;
import java.time.ZonedDateTime;

/** What a lane tells its member; called within the member's {@link Serial}. */
interface LaneOwner {

  /** Whom events go to. */
  LaneObserver observer();

  /** The end of the member's lease, by the bus's clock. May be read on any thread. */
  long leaseUntil();

  /** A subject prefix that nobody else has, ending in a dot. */
  String newInbox();

  /** The lane, which was made then, is in line with the server. */
  void aligned(LaneSession lane, ZonedDateTime made);

  /** The lane is free; another may own it. */
  void released(LaneSession lane);

  /**
   * Another owns the lane.
   *
   * @param told whether the engine knows of the lane
   */
  void lost(LaneSession lane, String why, boolean told);

  /** The lane's stream or consumer is not there any more. */
  void gone(LaneSession lane, int code);

  /** The server refuses something, and is asked again. */
  void trouble(LaneSession lane, Throwable cause);
}
