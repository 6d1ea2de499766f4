package dev.eventbus.spi;

import dev.eventbus.PublishException.Outcome;
import org.jspecify.annotations.Nullable;

/** An append that was not confirmed. */
public final class AppendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether the same append may succeed later. */
  public enum Remedy {
    /** It may: the engine tries again until the publish times out. */
    RETRY,
    /** It will not: the publish fails now. */
    NONE
  }

  private final Outcome outcome;
  private final Remedy remedy;

  /** The text says what the broker said and how to mend it. */
  public AppendException(Outcome outcome, Remedy remedy, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.outcome = outcome;
    this.remedy = remedy;
  }

  /** What is known of the event. */
  public Outcome outcome() {
    return outcome;
  }

  /** Whether the same append may succeed later. */
  public Remedy remedy() {
    return remedy;
  }
}
