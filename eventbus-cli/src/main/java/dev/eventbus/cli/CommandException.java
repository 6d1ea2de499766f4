package dev.eventbus.cli;

/** A failure that the user can understand without a stack trace; the text is a whole sentence. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandException(String text) {
    super(text);
  }
}
