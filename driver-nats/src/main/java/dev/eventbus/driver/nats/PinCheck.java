package dev.eventbus.driver.nats;

import io.nats.client.api.ConsumerInfo;
import java.time.Duration;

/**
 * Finds out that the pin is with nobody. The server may give it to a pull whose owner has gone, when
 * an event comes after the pin was taken away and before the first pull of the new owner; it then
 * waits for a minute. Such pulls end, so a lane looks only in its first time.
 */
final class PinCheck {

  private static final Duration FIRST = Duration.ofMillis(100);

  private long openedAt;
  private long wait = FIRST.toNanos();

  /** The lane has come into line. */
  void opened(long now) {
    openedAt = now;
    wait = FIRST.toNanos();
  }

  /** Whether it is time to look; the times between double. */
  boolean isDue(long now) {
    long age = now - openedAt;
    if (age < wait || wait > LaneInflow.PULL.toNanos() * 2) {
      return false;
    }
    wait *= 2;
    return true;
  }

  static boolean isPinned(ConsumerInfo info) {
    var groups = info.getPriorityGroupStates();
    return groups != null
        && groups.stream().anyMatch(group -> {
          String pin = group.getPinnedClientId();
          return pin != null && !pin.isEmpty();
        });
  }
}
