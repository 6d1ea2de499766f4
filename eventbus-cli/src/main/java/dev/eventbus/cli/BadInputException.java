package dev.eventbus.cli;

/** One piece of input is no event; those after it may be. */
final class BadInputException extends Exception {

  private static final long serialVersionUID = 1L;

  BadInputException(String text) {
    super(text);
  }
}
