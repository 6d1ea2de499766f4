package dev.eventbus.cli;

import dev.eventbus.EventBusException;
import dev.eventbus.brokers.BrokerException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in one line; a stack trace only when asked for. */
final class Failures implements IExecutionExceptionHandler {

  private final BooleanSupplier verbose;

  Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    var err = command.getErr();
    Throwable cause = unwrapped(failure);
    if (verbose.getAsBoolean()) {
      cause.printStackTrace(err);
    }
    if (cause instanceof EventBusException
        || cause instanceof BrokerException
        || cause instanceof CommandException) {
      err.println("error: " + cause.getMessage());
    } else {
      err.println("error: unexpected " + cause);
      if (!verbose.getAsBoolean()) {
        err.println("Run it again with --verbose to see where it came from.");
      }
    }
    return ExitCode.SOFTWARE;
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && cause != null ? unwrapped(cause) : failure;
  }
}
