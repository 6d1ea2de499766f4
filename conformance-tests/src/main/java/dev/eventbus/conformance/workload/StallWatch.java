package dev.eventbus.conformance.workload;

import java.time.Duration;

/** Tells a workload that stands still, or goes round in circles, from one that is at work. */
final class StallWatch {

  private final Duration patience;
  private final long most;
  private final long started = System.nanoTime();
  private long lastProgress = started;

  StallWatch(Duration patience, int mostPatiences) {
    this.patience = patience;
    this.most = patience.multipliedBy(mostPatiences).toNanos();
  }

  void look(boolean progress) {
    if (progress) {
      lastProgress = System.nanoTime();
    }
  }

  boolean stalled() {
    long now = System.nanoTime();
    return now - lastProgress > patience.toNanos() || now - started > most;
  }

  @Override
  public String toString() {
    long now = System.nanoTime();
    return "nothing happened for %d ms, after %d ms in all"
        .formatted((now - lastProgress) / 1_000_000, (now - started) / 1_000_000);
  }
}
