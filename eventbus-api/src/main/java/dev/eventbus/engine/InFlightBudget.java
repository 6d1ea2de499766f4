package dev.eventbus.engine;

import dev.eventbus.AsyncHandler;
import dev.eventbus.Handler;
import dev.eventbus.SubscribeOptions;

/** Counts what a member has handed out and what is in flight against their limits (F1). */
final class InFlightBudget {

  private final int concurrency;
  private final int maxHandedOut;
  private final int maxInFlight;
  private int running;
  private int inFlight;

  InFlightBudget(int concurrency, int maxHandedOut, int maxInFlight) {
    this.concurrency = Math.min(concurrency, maxInFlight);
    this.maxHandedOut = Math.min(maxHandedOut, maxInFlight);
    this.maxInFlight = maxInFlight;
  }

  /**
   * Blocking handlers are limited by their workers, so the whole window may wait for those; handlers
   * that answer later hold no worker and are limited here.
   */
  static InFlightBudget of(SubscribeOptions options, Handler handler) {
    int most = options.maxInFlight();
    int handedOut = handler instanceof AsyncHandler ? options.concurrency() : most;
    return new InFlightBudget(options.concurrency(), handedOut, most);
  }

  boolean mayRun() {
    return running < maxHandedOut;
  }

  boolean mayTakeAnother() {
    return inFlight < maxInFlight;
  }

  void take(Slot slot) {
    if (!slot.counted) {
      slot.counted = true;
      inFlight++;
    }
  }

  void giveBack(Slot slot) {
    if (slot.counted) {
      slot.counted = false;
      inFlight--;
    }
  }

  void started() {
    running++;
  }

  void finished() {
    running--;
  }

  int running() {
    return running;
  }

  int inFlight() {
    return inFlight;
  }

  /** Handlers at once. */
  int concurrency() {
    return concurrency;
  }
}
