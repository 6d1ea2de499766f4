package dev.eventbus;

import java.time.Instant;

/** Where a new group begins; a group that exists goes on where it was (S3). */
public sealed interface StartAt {

  /** At the oldest event that the broker can still give. */
  record Earliest() implements StartAt {}

  /** After the newest event. */
  record Latest() implements StartAt {}

  /** At the first event stored at this time, by the broker's clock, or later. */
  record At(Instant time) implements StartAt {}

  /** See {@link Earliest}. */
  static StartAt earliest() {
    return new Earliest();
  }

  /** See {@link Latest}. */
  static StartAt latest() {
    return new Latest();
  }

  /** See {@link At}. */
  static StartAt at(Instant time) {
    return new At(time);
  }
}
