package dev.eventbus.cli;

import java.time.Duration;

/** Counts what became of the events given to the bus. Thread-safe. */
final class PublishTally {

  /** What became of the events so far. */
  record Counts(long confirmed, long failed, long unknown, long pending) {}

  private long confirmed;
  private long failed;
  private long unknown;
  private long pending;

  synchronized void given() {
    pending++;
  }

  synchronized void confirmed() {
    confirmed++;
    settled();
  }

  synchronized void notStored() {
    failed++;
    settled();
  }

  synchronized void perhapsStored() {
    unknown++;
    settled();
  }

  /** Takes back {@link #given()}: the bus did not take the event. */
  synchronized void takenBack() {
    settled();
  }

  /** Something that was never given to the bus. */
  synchronized void badInput() {
    failed++;
  }

  synchronized Counts counts() {
    return new Counts(confirmed, failed, unknown, pending);
  }

  /** Waits until nothing is pending; false if it still is after the limit. */
  synchronized boolean awaitSettled(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (pending > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void settled() {
    pending--;
    if (pending == 0) {
      notifyAll();
    }
  }
}
