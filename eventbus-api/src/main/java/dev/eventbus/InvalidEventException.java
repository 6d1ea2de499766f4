package dev.eventbus;

/** An event lacks a part or has an unusable one (P5). */
public final class InvalidEventException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** The text says what is wrong and how to mend it. */
  public InvalidEventException(String text) {
    super(BusError.INVALID_EVENT, text, null);
  }
}
