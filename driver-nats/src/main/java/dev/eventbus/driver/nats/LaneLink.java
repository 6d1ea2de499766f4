package dev.eventbus.driver.nats;

import io.nats.client.Subscription;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one lane of a group says to the server.
 *
 * @param calls requests
 * @param arrivals where messages come in
 * @param stream the topic's stream
 * @param consumer the lane's consumer
 */
record LaneLink(ServerCalls calls, Arrivals arrivals, TopicStream stream, String consumer) {

  private static final byte[] NAK = "-NAK".getBytes(StandardCharsets.US_ASCII);

  /** What the server knows of the lane. */
  record Look(StreamInfo stream, ConsumerInfo consumer) {}

  CompletableFuture<Look> look() {
    return calls
        .streamInfo(stream.name())
        .thenCombine(calls.consumerInfo(stream.name(), consumer), Look::new);
  }

  /** A stored event byte for byte; empty when it is gone. */
  CompletableFuture<Optional<StoredMessage>> original(long sequence) {
    return calls
        .message(stream.name(), sequence)
        .thenApply(Optional::of)
        .exceptionallyCompose(failure -> ServerCalls.cause(failure) instanceof ServerRefusal refusal
                && refusal.code() == ServerRefusal.MESSAGE_NOT_FOUND
            ? CompletableFuture.completedFuture(Optional.empty())
            : CompletableFuture.failedFuture(failure));
  }

  CompletableFuture<Void> unpin() {
    return calls.unpin(stream.name(), consumer);
  }

  Subscription open(String inbox, Arrivals.Inlet inlet) {
    return arrivals.open(inbox + ">", inlet);
  }

  /** Asks for events; the server says on the reply subject why it has no more. */
  void pull(int events, long bytes, Duration expires, @Nullable String pin, String replyTo) {
    var body = new StringBuilder(128)
        .append("{\"batch\":")
        .append(events)
        .append(",\"expires\":")
        .append(expires.toNanos())
        .append(",\"group\":\"")
        .append(LaneConsumers.PIN_GROUP)
        .append('"');
    if (bytes > 0) {
      body.append(",\"max_bytes\":").append(bytes);
    }
    if (pin != null) {
      body.append(",\"id\":\"").append(pin).append('"');
    }
    calls.send(
        "$JS.API.CONSUMER.MSG.NEXT." + stream.name() + "." + consumer,
        replyTo,
        body.append('}').toString().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Has everything unacked above the floor sent again. The server takes the acks of one connection in
   * order, so the answer to the last says that all are done; what is not pending is left alone.
   */
  CompletableFuture<Void> sendAgain(AckAddress address, Barrier barrier) {
    for (long sequence = barrier.floor() + 1; sequence < barrier.end(); sequence++) {
      if (!barrier.holds(sequence)) {
        calls.send(address.nak(sequence, barrier.lastNumber()), null, NAK);
      }
    }
    return calls
        .request(address.nak(barrier.end(), barrier.lastNumber()), null, NAK)
        .thenApply(done -> null);
  }
}
