package dev.eventbus;

import org.jspecify.annotations.Nullable;

/** The broker or its driver refused an event. */
public final class PublishFailedException extends PublishException {
  private static final long serialVersionUID = 1L;

  /** The text says what the broker said and how to mend it. */
  public PublishFailedException(
      String topic, Outcome outcome, String text, @Nullable Throwable cause) {
    super(
        BusError.PUBLISH_FAILED,
        outcome,
        "The event for topic %s failed and is %s: %s"
            .formatted(topic, outcome == Outcome.UNKNOWN ? "perhaps stored" : "not stored", text),
        cause);
  }
}
