package dev.eventbus.cli;

/** Starts the {@code eventbus} command. */
public final class Main {

  private Main() {}

  /** Ends the process with the command's exit code. */
  public static void main(String... args) {
    System.exit(EventbusCommand.commandLine().execute(args));
  }
}
