package dev.eventbus.driver.nats;

import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to a topic's subject. An append completes once the client has taken the event: it is on
 * its way, and reaches those that are subscribed now, at most once. Its position is only a count.
 *
 * <p>The events of a bus leave in call order over one connection, so one append at a time costs
 * nothing and keeps that order across the engine's retries.
 */
final class CoreWriter implements TopicWriter {

  /** More is not taken until the connection has sent some. */
  static final long MAX_OUTGOING_BYTES = 32L << 20;

  private final CoreLink link;
  private final String subject;
  private final AtomicLong count = new AtomicLong();

  CoreWriter(CoreLink link, String topic) {
    this.link = link;
    this.subject = NatsNames.subject(topic);
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public Ordering ordering() {
    return Ordering.ONE_IN_FLIGHT_PER_LANE;
  }

  @Override
  public long sizeOf(Event event) {
    return EventWire.sizeOf(event);
  }

  @Override
  public CompletionStage<Position> append(Append append) {
    if (!link.isUp()) {
      return refused(Remedy.RETRY, "the connection to NATS is " + link.status(), null);
    }
    try {
      Event event = append.event();
      return link.publish(subject, EventWire.headers(event), event.payload(), MAX_OUTGOING_BYTES)
          ? CompletableFuture.completedFuture(Position.of(count.incrementAndGet()))
          : refused(
              Remedy.RETRY,
              "more than " + MAX_OUTGOING_BYTES
                  + " bytes wait to be sent: the server or the network is slower than publishers",
              null);
    } catch (IllegalArgumentException tooLarge) {
      return refused(
          Remedy.NONE, "the client refuses the event: " + tooLarge.getMessage(), tooLarge);
    } catch (IllegalStateException closing) {
      return refused(Remedy.RETRY, "the connection is being closed", closing);
    }
  }

  private static CompletionStage<Position> refused(
      Remedy remedy, String text, @Nullable Throwable cause) {
    return CompletableFuture.failedFuture(
        new AppendException(Outcome.NOT_STORED, remedy, text, cause));
  }
}
