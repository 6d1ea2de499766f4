package dev.eventbus;

import org.jspecify.annotations.Nullable;

/** An event was not confirmed; {@link #outcome()} says whether it may be stored (P3). */
public abstract sealed class PublishException extends EventBusException
    permits PublishTimeoutException, PublishFailedException {
  private static final long serialVersionUID = 1L;

  /** What is known of the event. */
  public enum Outcome {
    /** It is not stored and will not be. */
    NOT_STORED,
    /** It may be stored, but never later than an event of its key that was published after it. */
    UNKNOWN
  }

  private final Outcome outcome;

  PublishException(ErrorCode code, Outcome outcome, String text, @Nullable Throwable cause) {
    super(code, text, cause);
    this.outcome = outcome;
  }

  /** What is known of the event. */
  public Outcome outcome() {
    return outcome;
  }
}
