package dev.eventbus;

/** What becomes of an event after its last attempt, or when it is rejected (R3, R8). */
public enum OnExhausted {
  /**
   * It goes to {@link DeadLetterTopic} and is then settled; the default. The realtime profile has no
   * dead letters: there it is discarded.
   */
  DEAD_LETTER,
  /** It is logged, counted and settled. */
  DISCARD,
  /** It is tried again at the backoff's cap, for ever; its key waits. */
  HOLD
}
