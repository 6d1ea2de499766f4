package dev.eventbus.engine;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A lane that is owned for ever and adds up what is asked of it. */
final class TestLane implements Lane {

  private final int number;
  int askedEvents;
  long askedBytes;

  TestLane(int number) {
    this.number = number;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long fence() {
    return 1;
  }

  @Override
  public long leaseUntil() {
    return Long.MAX_VALUE;
  }

  @Override
  public void request(int events, long bytes) {
    askedEvents += events;
    askedBytes += bytes;
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    return CompletableFuture.completedFuture(null);
  }

  /** Whether a driver would deliver now; the event is taken from what was asked for. */
  boolean delivers(int bytes) {
    if (askedEvents <= 0 || askedBytes <= 0) {
      return false;
    }
    askedEvents--;
    askedBytes -= bytes;
    return true;
  }
}
