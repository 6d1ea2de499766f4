package dev.eventbus.driver.embedded;

/** One lane's share of the batch that the log writer is storing; used by its thread alone. */
final class LaneSlot {

  final long lane;
  final long topic;

  private long batch;
  private int count;
  private long bytes;
  private long next;
  private long at;

  LaneSlot(long lane, long topic) {
    this.lane = lane;
    this.topic = topic;
  }

  /** Counts an event; true if it is the first of this batch. */
  boolean add(long currentBatch, int size) {
    boolean first = batch != currentBatch;
    if (first) {
      batch = currentBatch;
      count = 0;
      bytes = 0;
    }
    count++;
    bytes += size;
    return first;
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  /** The batch has the offsets up to here, and this time. */
  void reserved(long head, long time) {
    next = head - count + 1;
    at = time;
  }

  long at() {
    return at;
  }

  long nextOffset() {
    return next++;
  }
}
