package dev.eventbus.engine;

/** Counts a member's handlers and its events in flight against their limits (F1). */
final class InFlightBudget {

  private final int maxRunning;
  private final int maxInFlight;
  private int running;
  private int inFlight;

  InFlightBudget(int concurrency, int maxInFlight) {
    this.maxRunning = Math.min(concurrency, maxInFlight);
    this.maxInFlight = maxInFlight;
  }

  boolean mayRun() {
    return running < maxRunning;
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
    return maxRunning;
  }
}
