package dev.eventbus.cli;

import java.util.Locale;

/**
 * Knows whether a person watches. The launcher says so ({@code eventbus.terminal} names those of
 * {@code in out err} that are terminals, {@code eventbus.columns} their width); without it
 * nobody does.
 */
public final class Terminal {

  /** A standard stream of the process. */
  public enum Stream {
    IN,
    OUT,
    ERR
  }

  private static final int DEFAULT_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 40;

  private Terminal() {}

  /** Whether it is a terminal. */
  public static boolean is(Stream stream) {
    String told = System.getProperty("eventbus.terminal");
    if (told != null) {
      return told.toUpperCase(Locale.ROOT).contains(stream.name());
    }
    return false;
  }

  /** How many characters a line has. */
  public static int columns() {
    int told = Integer.getInteger("eventbus.columns", DEFAULT_COLUMNS);
    return Math.max(FEWEST_COLUMNS, told);
  }
}
