package dev.eventbus.engine;

import dev.eventbus.SubscriptionStats;
import java.util.concurrent.atomic.LongAdder;

/** Counts for people and metrics; written by the loop, read by any thread. */
final class SubscriptionCounters {

  final LongAdder settled = new LongAdder();
  final LongAdder failedAttempts = new LongAdder();
  final LongAdder deadLettered = new LongAdder();
  final LongAdder discarded = new LongAdder();
  final LongAdder trimmed = new LongAdder();
  final LongAdder dropped = new LongAdder();
  private volatile Gauges gauges = new Gauges(0, 0, 0, 0, 0);

  /** What a member holds now. */
  record Gauges(int lanes, int inHandlers, int inBackoff, int buffered, long bufferedBytes) {}

  void show(Gauges now) {
    gauges = now;
  }

  SubscriptionStats stats() {
    Gauges now = gauges;
    return new SubscriptionStats(
        settled.sum(),
        failedAttempts.sum(),
        deadLettered.sum(),
        discarded.sum(),
        trimmed.sum(),
        dropped.sum(),
        now.lanes(),
        now.inHandlers(),
        now.inBackoff(),
        now.buffered(),
        now.bufferedBytes());
  }
}
