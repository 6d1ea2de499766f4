package dev.eventbus.driver.nats;

import io.nats.client.api.ConsumerInfo;

/**
 * Finds out what retention took from a lane before it was settled (S8). Lanes share the stream's
 * sequence, so the number is the most that it can be: what the whole stream lost.
 */
final class TrimWatch {

  private long told;
  private long pending;

  /** So many events of the lane lie beyond the last delivery. */
  void pending(long events) {
    pending = events;
  }

  /** After an alignment: what is gone between what is settled or here and the stream's first. */
  long aligned(long firstInStream, long floor, long here) {
    return gone(firstInStream, Math.max(floor, here));
  }

  /** Whether retention has come past what this lane has had, while events were waiting. */
  boolean worthALook(long firstInStream, long here) {
    return firstInStream - 1 > Math.max(told, here) && pending > 0;
  }

  /**
   * For a lane that does not move.
   *
   * @param here the highest event that has come in
   * @param pulling whether more may be on its way; if not, what the server calls delivered beyond
   *     that was purged
   */
  long stalled(long firstInStream, ConsumerInfo info, long here, boolean pulling) {
    long delivered = info.getDelivered().getStreamSequence();
    long missing = Math.max(0, pending - info.getNumPending());
    pending = info.getNumPending();
    return missing == 0
        ? 0
        : Math.min(missing, gone(firstInStream, pulling ? Math.max(delivered, here) : here));
  }

  private long gone(long firstInStream, long after) {
    long from = Math.max(told, after);
    long lost = Math.max(0, firstInStream - 1 - from);
    told = Math.max(told, firstInStream - 1);
    return lost;
  }
}
