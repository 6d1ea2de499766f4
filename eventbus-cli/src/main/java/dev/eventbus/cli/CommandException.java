package dev.eventbus.cli;

/** A failure that the user can understand without a stack trace; the text is a whole sentence. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The text is shown as it is. */
  public CommandException(String text) {
    super(text);
  }
}
