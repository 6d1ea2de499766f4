package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.spi.KeyLane;
import java.util.concurrent.atomic.AtomicInteger;

/** The way of publishes to one open topic, in the order that its driver needs. */
interface PublishRoute {

  /** Sends it now or behind those before it. Does not block. */
  void send(PendingPublish publish);

  /** Picks lanes: keys by their hash, events without a key in turn. */
  final class LanePicker {
    private final AtomicInteger turn = new AtomicInteger();
    private final int lanes;

    LanePicker(int lanes) {
      this.lanes = lanes;
    }

    int pick(Event event) {
      String key = event.key();
      return key == null
          ? Integer.remainderUnsigned(turn.getAndIncrement(), lanes)
          : KeyLane.of(key, lanes);
    }
  }
}
