package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.spi.MonotonicClock;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.api.ApiResponse;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the server, each with a time limit. Nothing blocks. Elections, restarts and lost
 * answers make any of them fail for seconds, so callers that cannot go on without one {@linkplain
 * #untilDone repeat} it.
 */
final class ServerCalls {

  /** How long one request may take. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  /** How long one that cannot be done without is repeated where somebody waits for it. */
  private static final Duration PERSISTENCE = Duration.ofSeconds(10);

  private static final byte[] NOTHING = new byte[0];
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 800;

  private final Connection connection;
  private final ScheduledExecutorService timer;
  private final MonotonicClock clock;
  private final Denials denials;

  ServerCalls(
      Connection connection,
      ScheduledExecutorService timer,
      MonotonicClock clock,
      Denials denials) {
    this.connection = connection;
    this.timer = timer;
    this.clock = clock;
    this.denials = denials;
  }

  MonotonicClock clock() {
    return clock;
  }

  /** Sends without waiting for an answer. A closed or full connection loses it. */
  void send(String subject, @Nullable String replyTo, byte[] body) {
    try {
      connection.publish(subject, replyTo, body);
    } catch (IllegalStateException closedOrFull) {
      // As if the network had lost it: who needs an answer asks again.
      return;
    }
  }

  CompletableFuture<Message> request(String subject, @Nullable Headers headers, byte[] body) {
    return request(subject, headers, body, LIMIT);
  }

  /**
   * As above, with another time limit. What the client does not take, since it is closed or the
   * message too large, fails the future too; so does what the user may not do, at once.
   */
  CompletableFuture<Message> request(
      String subject, @Nullable Headers headers, byte[] body, Duration limit) {
    CompletableFuture<Message> answer = denials.expect(subject);
    try {
      Calls.follow(
          connection.requestWithTimeout(subject, headers, body, limit), (message, failure) -> {
            if (failure == null) {
              answer.complete(message);
            } else {
              answer.completeExceptionally(failure);
            }
          });
    } catch (IllegalStateException | IllegalArgumentException notSent) {
      answer.completeExceptionally(notSent);
    }
    return answer;
  }

  /** Calls JetStream's interface, whose answers are JSON. */
  private <T extends ApiResponse<T>> CompletableFuture<T> api(
      String operation, String body, Function<Message, T> reader) {
    return request("$JS.API." + operation, null, body.getBytes(StandardCharsets.UTF_8))
        .thenApply(answer -> accepted(reader.apply(answer)));
  }

  private static <T extends ApiResponse<T>> T accepted(T response) {
    if (response.hasError()) {
      throw new ServerRefusal(response.getApiErrorCode(), response.getDescription());
    }
    return response;
  }

  CompletableFuture<StreamInfo> streamInfo(String stream) {
    return api("STREAM.INFO." + stream, "", StreamInfo::new);
  }

  CompletableFuture<ConsumerInfo> consumerInfo(String stream, String consumer) {
    return api("CONSUMER.INFO." + stream + "." + consumer, "", ConsumerInfo::new);
  }

  CompletableFuture<StreamInfo> createStream(String stream, String config) {
    return api("STREAM.CREATE." + stream, config, StreamInfo::new);
  }

  CompletableFuture<ConsumerInfo> createConsumer(String stream, String consumer, String config) {
    String body =
        "{\"stream_name\":\"" + stream + "\",\"action\":\"create\",\"config\":" + config + "}";
    return api("CONSUMER.CREATE." + stream + "." + consumer, body, ConsumerInfo::new);
  }

  CompletableFuture<Void> deleteConsumer(String stream, String consumer) {
    return api("CONSUMER.DELETE." + stream + "." + consumer, "", PlainReply::new)
        .thenApply(done -> null);
  }

  /** Takes the pin from whoever has it. */
  CompletableFuture<Void> unpin(String stream, String consumer) {
    String body = "{\"group\":\"" + LaneConsumers.PIN_GROUP + "\"}";
    return api("CONSUMER.UNPIN." + stream + "." + consumer, body, PlainReply::new)
        .thenApply(done -> null);
  }

  /** The raw answer to a request for one stored message, or a {@link ServerRefusal}. */
  CompletableFuture<StoredMessage> lastMessage(String stream, String subject) {
    String body = "{\"last_by_subj\":\"" + subject + "\"}";
    return request("$JS.API.STREAM.MSG.GET." + stream, null, body.getBytes(StandardCharsets.UTF_8))
        .thenApply(StoredMessage::of);
  }

  /** As {@link #lastMessage}, by sequence. */
  CompletableFuture<StoredMessage> message(String stream, long sequence) {
    String body = "{\"seq\":" + sequence + "}";
    return request("$JS.API.STREAM.MSG.GET." + stream, null, body.getBytes(StandardCharsets.UTF_8))
        .thenApply(StoredMessage::of);
  }

  /** Asks a subject for an answer without content. */
  CompletableFuture<Message> ask(String subject, String body) {
    return request(subject, null, body.isEmpty() ? NOTHING : body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Repeats a call until it succeeds, is refused for good, or is no longer wanted, in which case
   * the future stays open.
   */
  <T> CompletableFuture<T> untilDone(Supplier<CompletableFuture<T>> call, BooleanSupplier wanted) {
    var result = new CompletableFuture<T>();
    attempt(call, wanted, result, FIRST_PAUSE_MILLIS);
    return result;
  }

  private <T> void attempt(
      Supplier<CompletableFuture<T>> call,
      BooleanSupplier wanted,
      CompletableFuture<T> result,
      long pauseMillis) {
    if (!wanted.getAsBoolean()) {
      return;
    }
    Calls.follow(call.get(), (value, failure) -> {
      if (failure == null) {
        result.complete(value);
      } else if (!passes(failure)) {
        result.completeExceptionally(failure);
      } else {
        long next = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        if (!scheduled(pauseMillis, () -> attempt(call, wanted, result, next))) {
          result.completeExceptionally(closed());
        }
      }
    });
  }

  private static DriverException closed() {
    return new DriverException(NatsError.CLOSED, "The NATS driver has been closed.");
  }

  /** As {@link #untilDone}, but gives up after a while with the last failure. */
  <T> CompletableFuture<T> persist(Supplier<CompletableFuture<T>> call) {
    long end = clock.nanos() + PERSISTENCE.toNanos();
    var last = new AtomicReference<Throwable>(new TimeoutException());
    Supplier<CompletableFuture<T>> remembered = () -> call.get().whenComplete((value, failure) -> {
      if (failure != null) {
        last.set(cause(failure));
      }
    });
    CompletableFuture<T> done = untilDone(remembered, () -> clock.nanos() - end < 0);
    if (!scheduled(PERSISTENCE.toMillis(), () -> done.completeExceptionally(last.get()))) {
      done.completeExceptionally(closed());
    }
    return done;
  }

  /** Runs a task on the timer's thread, unless the driver is closed by then. */
  void later(Duration delay, Runnable task) {
    boolean unused = scheduled(delay.toMillis(), task);
  }

  private boolean scheduled(long delayMillis, Runnable task) {
    try {
      Future<?> unused = timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Whether a failure may be over soon: no answer, no leader, no connection. */
  static boolean passes(Throwable failure) {
    if (failure instanceof ServerRefusal refusal) {
      // 503: no leader or not ready; 10023: a peer or space is missing for now; 10076: recovering
      return refusal.code() == 10008 || refusal.code() == 10023 || refusal.code() == 10076;
    }
    return failure instanceof TimeoutException
        || failure instanceof CancellationException
        || failure instanceof JetStreamStatusException
        || failure instanceof IOException
        || failure instanceof IllegalStateException;
  }

  /** What is wrapped by a future. */
  static Throwable cause(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable inner = failure.getCause();
    return wrapper && inner != null ? inner : failure;
  }
}
