package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import org.jspecify.annotations.Nullable;

/** An event's place in a lane's span, from its arrival until the floor has passed it. */
final class Slot {

  /** Where the event stands; SETTLED is final. */
  enum State {
    /** Behind an unsettled event of its key. */
    WAITING,
    /** May start. */
    READY,
    /** With the handler runner. */
    RUNNING,
    /** Failed, and not yet due again. */
    BACKOFF,
    /** Its dead letter is being written. */
    BURYING,
    /** Done. */
    SETTLED
  }

  /** Counts arrivals in the lane; orders slots like their positions. */
  final long ordinal;

  final Position position;

  /** Null for an event without a key. */
  final @Nullable KeyQueue queue;

  /** Null once settled, so that a long span holds no payloads. */
  @Nullable
  LaneEvent content;

  State state = State.WAITING;

  /** Its number within its key's queue. */
  long numberInKey;

  /** Attempts that have failed or killed their process. */
  int attempts;

  /** Epoch milliseconds; 0 before the first failure. */
  long firstFailure;

  long lastFailure;

  /** Epoch milliseconds before which it must not start again; 0 when it need not wait (R2). */
  long due;

  Fate fate = Fate.FAILED;

  /** It may have been in a handler when an owner died, and has not run alone since. */
  boolean suspect;

  /** Whether it is counted in flight. */
  boolean counted;

  /** The run that holds it, while RUNNING. */
  @Nullable
  Attempt attempt;

  /** What is written to the dead letters, while BURYING. */
  @Nullable
  Burial burial;

  /** The lane's change that must be durable before it starts again. */
  long durableFirst;

  Slot(long ordinal, LaneEvent content, @Nullable KeyQueue queue) {
    this.ordinal = ordinal;
    this.position = content.position();
    this.content = content;
    this.queue = queue;
  }

  boolean isHead() {
    return queue == null || queue.depthOf(this) == 0;
  }

  @Nullable
  Event event() {
    return content instanceof LaneEvent.Decoded readable ? readable.event() : null;
  }

  /** What no two handlers may hold at once: the key, or the event itself when it has none. */
  Object identity() {
    Event event = event();
    String key = event == null ? null : event.key();
    return key == null ? position : key;
  }
}
