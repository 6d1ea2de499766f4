package dev.eventbus;

/** A topic's name is illegal, reserved, or too long for the broker (D5). */
public final class TopicNameException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** The text says what is wrong and how to mend it. */
  public TopicNameException(String text) {
    super(BusError.TOPIC_NAME, text, null);
  }
}
