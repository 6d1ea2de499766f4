package dev.eventbus.driver.nats;

import io.nats.client.api.ConsumerInfo;

/**
 * Finds out what retention took from a lane before it was settled (S8). Lanes share the stream's
 * sequence, so the number is the most that it can be: what the whole stream lost.
 */
final class TrimWatch {

  private long told;
  private long pending;
  private long asOf;

  /** So many events of the lane lay beyond the last delivery when this was the stream's last. */
  void pending(long events, long lastInStream) {
    pending = events;
    asOf = lastInStream;
  }

  /** After an alignment: what is gone between what is settled or here and the stream's first. */
  long aligned(long firstInStream, long floor, long here) {
    return gone(firstInStream, Math.max(floor, here));
  }

  /** Whether retention has come past what this lane has had, while events were waiting. */
  boolean worthALook(long firstInStream, long here) {
    return firstInStream - 1 > Math.max(told, here) && pending > 0;
  }

  /** For a lane that asks for events: what was waiting and is not, and was not delivered. */
  long whilePulling(long firstInStream, long lastInStream, ConsumerInfo info, long here) {
    long missing = Math.max(0, pending - info.getNumPending());
    pending(info.getNumPending(), lastInStream);
    return missing == 0
        ? 0
        : Math.min(
            missing, gone(firstInStream, Math.max(info.getDelivered().getStreamSequence(), here)));
  }

  /**
   * For a lane that asks for nothing: what was waiting, or may have come since, and is not there. What
   * the server calls delivered beyond the last arrival was purged.
   */
  long whileStanding(long firstInStream, long lastInStream, ConsumerInfo info, long here) {
    long come = Math.max(0, lastInStream - Math.max(asOf, here));
    long missing = Math.max(0, pending + come - info.getNumPending());
    pending(info.getNumPending(), lastInStream);
    return missing == 0 ? 0 : Math.min(missing, gone(firstInStream, here));
  }

  private long gone(long firstInStream, long after) {
    long from = Math.max(told, after);
    long lost = Math.max(0, firstInStream - 1 - from);
    told = Math.max(told, firstInStream - 1);
    return lost;
  }
}
