package dev.eventbus.cli;

import dev.eventbus.Delivery;
import dev.eventbus.Handler;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Prints each delivery; an event counts as handled once its line is written.
 *
 * <p>When a limit is set there must be one handler at a time: the last one asks for the end and
 * then waits for {@link #draining()}, so that no further handler starts.
 */
final class PrintingHandler implements Handler {

  private final DeliveryFormat format;
  private final PrintWriter out;
  private final double failRate;
  private final long limit;
  private final Consumer<StopReason> stop;
  private final AtomicLong handled = new AtomicLong();
  private final CompletableFuture<Void> draining = new CompletableFuture<>();
  private volatile long lastStart = System.nanoTime();

  /**
   * Prints to a writer.
   *
   * @param failRate share of the attempts that fail after printing, 0 to 1
   * @param limit events to handle before asking for the end
   * @param stop is told why the subscription should end
   */
  PrintingHandler(
      DeliveryFormat format,
      PrintWriter out,
      double failRate,
      long limit,
      Consumer<StopReason> stop) {
    this.format = format;
    this.out = out;
    this.failRate = failRate;
    this.limit = limit;
    this.stop = stop;
  }

  @Override
  public void handle(Delivery delivery) {
    lastStart = System.nanoTime();
    boolean failing = ThreadLocalRandom.current().nextDouble() < failRate;
    String line = format.line(delivery, failing);
    if (!write(line)) {
      stop.accept(StopReason.OUTPUT_CLOSED);
      draining.join();
      throw new CommandException("nobody reads the output: the event is not handled");
    }
    if (failing) {
      throw new CommandException("made to fail by --fail-rate");
    }
    if (handled.incrementAndGet() >= limit) {
      stop.accept(StopReason.ENOUGH);
      draining.join();
    }
  }

  private boolean write(String line) {
    synchronized (out) {
      out.println(line);
      return !out.checkError();
    }
  }

  /** Lets a handler that waits for the end go on: the subscription starts no further one. */
  void draining() {
    draining.complete(null);
  }

  /** Events handled. */
  long handled() {
    return handled.get();
  }

  /** When a handler last started, by {@link System#nanoTime()}; at first: now. */
  long lastStart() {
    return lastStart;
  }
}
