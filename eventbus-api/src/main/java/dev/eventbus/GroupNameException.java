package dev.eventbus;

/** A group's name is illegal, reserved, or too long for the broker (D5). */
public final class GroupNameException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** The text says what is wrong and how to mend it. */
  public GroupNameException(String text) {
    super(BusError.GROUP_NAME, text, null);
  }
}
