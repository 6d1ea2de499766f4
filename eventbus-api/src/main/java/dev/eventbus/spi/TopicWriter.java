package dev.eventbus.spi;

import dev.eventbus.Event;
import java.util.concurrent.CompletionStage;

/** Writes to one topic. Thread-safe; nothing blocks. */
public interface TopicWriter {

  /** What order the broker's client keeps by itself. */
  enum Ordering {
    /** Appends are stored in call order for each lane, also across the client's retries. */
    PIPELINED,
    /** The engine has one append of a key in flight, and of events without a key as many. */
    ONE_IN_FLIGHT_PER_KEY,
    /** The engine has one append of a lane in flight. */
    ONE_IN_FLIGHT_PER_LANE
  }

  /** The topic's lanes, as the broker has them. */
  int lanes();

  /** What order the broker's client keeps by itself. */
  Ordering ordering();

  /** The bytes that {@link dev.eventbus.Capabilities#maxEventBytes()} counts for this event. */
  long sizeOf(Event event);

  /**
   * Stores one event. The stage completes with its position once the broker has confirmed the
   * write, or fails with an {@link AppendException}. A stage that stays pending keeps the order: an
   * append that is not yet refused is stored before those that come after it, or never.
   *
   * <p>The engine has compared {@link #sizeOf} with the limit, but not for dead letters: these are
   * up to 8 KiB larger than their originals and must be taken too (R3).
   */
  CompletionStage<Position> append(Append append);
}
