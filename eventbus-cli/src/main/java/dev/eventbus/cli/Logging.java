package dev.eventbus.cli;

/** Sets what the libraries log to stderr; has an effect before the first logger is made. */
final class Logging {

  private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Logging() {}

  static void configure(boolean verbose) {
    if (verbose) {
      System.setProperty(LEVEL, "info");
    }
  }
}
