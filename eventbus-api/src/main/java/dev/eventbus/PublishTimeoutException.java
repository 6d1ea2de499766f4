package dev.eventbus;

import java.time.Duration;

/** A publish was not confirmed within {@link ConnectOptions#publishTimeout()} (P3, P4). */
public final class PublishTimeoutException extends PublishException {
  private static final long serialVersionUID = 1L;

  /** The text says what it was waiting for. */
  public PublishTimeoutException(
      String topic, Outcome outcome, Duration timeout, String waitedFor) {
    super(
        BusError.PUBLISH_TIMEOUT,
        outcome,
        "The event for topic %s was not confirmed within %s (%s), it was waiting for %s; it is %s."
            .formatted(
                topic,
                timeout,
                Settings.PUBLISH_TIMEOUT,
                waitedFor,
                outcome == Outcome.UNKNOWN ? "unknown whether it is stored" : "not stored"),
        null);
  }
}
