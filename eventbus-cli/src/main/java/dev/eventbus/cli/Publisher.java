package dev.eventbus.cli;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.PublishException;
import dev.eventbus.PublishOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an input to its end or until {@link #interrupt}, and tells each event that failed.
 * {@link #interrupt} may be called from another thread, also while the input blocks.
 */
final class Publisher {

  private static final Duration ANSWERS_AFTER_CLOSE = Duration.ofSeconds(5);

  private final EventBus bus;
  private final String topic;
  private final PublishOptions options;
  private final PrintWriter err;
  private final @Nullable Rate rate;
  private final PublishTally tally = new PublishTally();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final long start = System.nanoTime();

  Publisher(
      EventBus bus, String topic, PublishOptions options, PrintWriter err, @Nullable Rate rate) {
    this.bus = bus;
    this.topic = topic;
    this.options = options;
    this.err = err;
    this.rate = rate;
  }

  /** Publishes all of the input and waits for the answers. */
  void run(Input input) throws IOException, InterruptedException {
    for (long number = 0; waitUntilDue(number); number++) {
      try {
        Event event = input.next();
        if (event == null) {
          break;
        }
        publish(event, input.where());
      } catch (BadInputException wrong) {
        tally.badInput();
        tell(input.where(), wrong);
      }
    }
    finish();
  }

  /** Publishes nothing more and waits for the answers. */
  void interrupt() throws InterruptedException {
    stopped.countDown();
    finish();
  }

  /** Whether {@link #interrupt} was called, whose caller then tells the summary. */
  boolean interrupted() {
    return stopped.getCount() == 0;
  }

  /** Whether every event was confirmed. */
  boolean allConfirmed() {
    var counts = tally.counts();
    return counts.failed() + counts.unknown() + counts.pending() == 0;
  }

  /** One line: how many events were confirmed, how fast, how many were not. */
  String summary() {
    double seconds = (System.nanoTime() - start) / 1e9;
    var counts = tally.counts();
    return PublishSummary.of(topic, counts, seconds);
  }

  private boolean waitUntilDue(long number) throws InterruptedException {
    if (rate == null) {
      return !interrupted();
    }
    long wait = start + rate.due(number).toNanos() - System.nanoTime();
    return !stopped.await(Math.max(0, wait), TimeUnit.NANOSECONDS);
  }

  private void publish(Event event, String where) {
    tally.given();
    try {
      var unused = bus.publish(topic, event, options)
          .whenComplete((stored, failure) -> answered(where, failure));
    } catch (IllegalStateException closed) {
      tally.takenBack();
      if (!interrupted()) {
        throw closed;
      }
    } catch (RuntimeException refused) {
      tally.takenBack();
      throw refused;
    }
  }

  private void answered(String where, @Nullable Throwable failure) {
    if (failure == null) {
      tally.confirmed();
      return;
    }
    boolean unknown = failure instanceof PublishException told
        && told.outcome() == PublishException.Outcome.UNKNOWN;
    tell(where, failure);
    if (unknown) {
      tally.perhapsStored();
    } else {
      tally.notStored();
    }
  }

  private void finish() throws InterruptedException {
    bus.close();
    tally.awaitSettled(ANSWERS_AFTER_CLOSE);
  }

  private void tell(String where, Throwable failure) {
    err.println("error: " + where + ": " + failure.getMessage());
  }
}
