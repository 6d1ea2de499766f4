package dev.eventbus.driver.embedded;

import org.jspecify.annotations.Nullable;

/** Whether the last write of a thread worked. Thread-safe. */
final class StoreHealth {

  private volatile @Nullable StoreException trouble;

  void failed(StoreException failure) {
    trouble = failure;
  }

  void worked() {
    // Read before it is written: this runs with every commit.
    if (trouble != null) {
      trouble = null;
    }
  }

  /** Why the last write failed; null if it did not. */
  @Nullable
  StoreException trouble() {
    return trouble;
  }
}
