package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes to the stream of one topic. Every write carries an id, so that one that is repeated is stored
 * once; a dead letter has a subject of its own, which is recognised for as long as it is stored.
 */
final class StreamWriter implements TopicWriter {

  private static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";
  private static final String EXPECTED_STREAM = "Nats-Expected-Stream";
  private static final String SCHEDULE = "Nats-Schedule";
  private static final String SCHEDULE_TARGET = "Nats-Schedule-Target";

  /** An answer that is later than this counts as lost: the write is repeated under its id. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** Subject and headers, about. */
  private static final int OVERHEAD_BYTES = 400;

  private final Connection connection;
  private final ServerCalls calls;
  private final Outbound outbound;
  private final Generations generations;
  private final TopicStream stream;
  private final String[] subjects;

  StreamWriter(
      Connection connection,
      ServerCalls calls,
      Outbound outbound,
      Generations generations,
      TopicStream stream) {
    this.generations = generations;
    this.connection = connection;
    this.outbound = outbound;
    this.calls = calls;
    this.stream = stream;
    subjects = new String[stream.lanes()];
    for (int lane = 0; lane < subjects.length; lane++) {
      // Without the key: the server's index of subjects stays small.
      subjects[lane] = NatsNames.stored(stream.topic(), stream.lanes(), lane, null);
    }
  }

  @Override
  public int lanes() {
    return stream.lanes();
  }

  @Override
  public Ordering ordering() {
    return Ordering.ONE_IN_FLIGHT_PER_KEY;
  }

  @Override
  public long sizeOf(Event event) {
    return EventWire.sizeOf(event);
  }

  @Override
  public CompletionStage<Position> append(Append append) {
    if (!outbound.hasRoom()) {
      return CompletableFuture.failedFuture(new AppendException(
          Outcome.NOT_STORED,
          AppendException.Remedy.RETRY,
          "nats-server does not take what is sent to it: more than 64 MiB wait for the connection",
          null));
    }
    Event event = append.event();
    Headers headers = EventWire.headers(event);
    String id = append.id().text();
    headers.put(EXPECTED_STREAM, stream.name());
    String subject = subjects[append.lane()];
    if (append.id() instanceof MessageId.DeadLetter letter) {
      subject = onceInItsGeneration(append.lane(), letter);
      headers.put(EXPECTED_LAST, "0");
    } else {
      headers.put(MESSAGE_ID, id);
    }
    if (!append.delay().isZero()) {
      headers.put(SCHEDULE, "@at " + due(append.delay()));
      headers.put(SCHEDULE_TARGET, subject);
      subject = NatsNames.scheduled(stream.topic(), id);
    }
    return send(subject, headers, event.payload());
  }

  private String onceInItsGeneration(int lane, MessageId.DeadLetter letter) {
    String generation = generations.of(letter.topic(), letter.group(), letter.lane());
    return NatsNames.storedOnce(
        stream.topic(), stream.lanes(), lane, letter.text() + ":" + generation);
  }

  /** The server fires at whole seconds or later; rounding up keeps it from being early. */
  private static String due(Duration delay) {
    return Instant.now()
        .plus(delay)
        .plusMillis(1)
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }

  private CompletionStage<Position> send(String subject, Headers headers, byte[] payload) {
    var stored = new CompletableFuture<Position>();
    long mark = outbound.handOver(payload.length + OVERHEAD_BYTES);
    Calls.follow(calls.request(subject, headers, payload, LIMIT), (answer, failure) -> {
      if (failure == null) {
        outbound.answered(mark);
        answered(answer, stored);
      } else {
        unanswered(failure, stored);
      }
    });
    return stored;
  }

  private void answered(Message answer, CompletableFuture<Position> stored) {
    try {
      stored.complete(Position.of(PublishReply.sequence(answer)));
    } catch (ServerRefusal refusal) {
      if (refusal.code() == ServerRefusal.WRONG_LAST_SEQUENCE) {
        // The dead letter is there already: only these expect to be the first of their subject.
        stored.complete(Position.of(PublishReply.lastSequence(refusal)));
      } else {
        stored.completeExceptionally(refused(refusal));
      }
    } catch (RuntimeException unreadable) {
      stored.completeExceptionally(new AppendException(
          Outcome.UNKNOWN,
          AppendException.Remedy.RETRY,
          "The answer of nats-server cannot be read",
          unreadable));
    }
  }

  private AppendException refused(ServerRefusal refusal) {
    AppendException.Remedy remedy = switch (refusal.code()) {
      // too large, wrong stream, headers too large, sealed: it would be refused again
      case 10054, 10060, 10097, 10109 -> AppendException.Remedy.NONE;
      default -> AppendException.Remedy.RETRY;
    };
    return new AppendException(
        Outcome.NOT_STORED,
        remedy,
        Refusals.text("an event for topic \"" + stream.topic() + "\"", refusal),
        refusal);
  }

  private void unanswered(Throwable cause, CompletableFuture<Position> stored) {
    if (cause instanceof JetStreamStatusException) {
      noStream(cause, stored);
      return;
    }
    if (cause instanceof DriverException || cause instanceof IllegalArgumentException) {
      // Not allowed, or larger than the server takes.
      stored.completeExceptionally(new AppendException(
          Outcome.NOT_STORED,
          AppendException.Remedy.NONE,
          "An event for topic \"" + stream.topic() + "\" was not sent: " + cause.getMessage(),
          cause));
      return;
    }
    boolean sent = !(cause instanceof IllegalStateException);
    stored.completeExceptionally(new AppendException(
        sent ? Outcome.UNKNOWN : Outcome.NOT_STORED,
        AppendException.Remedy.RETRY,
        "nats-server did not confirm the event (" + connection.getStatus() + ")",
        cause));
  }

  /** Nobody listens: an election, or the topic is gone or has other lanes (S9). */
  private void noStream(Throwable cause, CompletableFuture<Position> stored) {
    Calls.follow(calls.streamInfo(stream.name()), (info, failure) -> {
      boolean gone = failure == null
          ? StreamShape.lanesOf(info.getConfiguration()).orElse(0) != stream.lanes()
          : failure instanceof ServerRefusal refusal && refusal.notFound();
      stored.completeExceptionally(new AppendException(
          Outcome.NOT_STORED,
          gone ? AppendException.Remedy.NONE : AppendException.Remedy.RETRY,
          gone
              ? "Topic \"" + stream.topic() + "\" was deleted, or created again with another number"
                  + " of lanes than " + stream.lanes()
                  + ", while this bus was running: open the bus"
                  + " again"
              : "No node of NATS leads stream " + stream.name() + " at present",
          cause));
    });
  }
}
