package dev.eventbus.driver.nats;

import dev.eventbus.Health;
import dev.eventbus.spi.MonotonicClock;
import io.nats.client.Consumer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the client itself has dropped because it could not hand messages over as fast as they came. It
 * counts them for all subscriptions together (C3).
 */
final class ClientDrops {

  private static final Logger LOG = LoggerFactory.getLogger(ClientDrops.class);
  private static final long SHOWN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Consumer client;
  private final MonotonicClock clock;
  private volatile long seen;
  private volatile long seenAt;

  ClientDrops(Consumer client, MonotonicClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Looks whether there are more. Called by one thread. */
  void check() {
    long count = client.getDroppedCount();
    if (count > seen) {
      LOG.warn(
          "The NATS client has dropped {} messages of this bus's subscriptions since it connected:"
              + " they came faster than this process takes them",
          count);
      seenAt = clock.nanos();
      seen = count;
    }
  }

  /** Degraded for a minute after the last drop. */
  Health health(String name) {
    return seen > 0 && clock.nanos() - seenAt < SHOWN_NANOS
        ? Health.degraded(
            name,
            "the client has dropped " + seen + " messages: they came faster than this process takes"
                + " them")
        : Health.up(name);
  }
}
