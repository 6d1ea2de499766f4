package dev.eventbus.benchmarks.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What a careful user of the plain client writes: a durable consumer for each lane, and acks that the
 * server confirms, a thousand at most without an answer.
 */
final class RawConsumers {

  private static final int MOST_UNCONFIRMED = 1_000;
  private static final byte[] ACK = "+ACK".getBytes(StandardCharsets.US_ASCII);

  private final List<MessageConsumer> consumers = new ArrayList<>();
  private final Semaphore room = new Semaphore(MOST_UNCONFIRMED);
  private final Connection connection;
  private final Runnable handler;

  RawConsumers(Connection connection, Runnable handler) {
    this.connection = connection;
    this.handler = handler;
  }

  /** Makes the consumers; {@link #start} has them deliver. */
  static void make(Connection connection, RawTopic topic, String group, DeliverPolicy from)
      throws IOException, JetStreamApiException {
    for (int lane = 0; lane < Rig.LANES; lane++) {
      connection
          .jetStreamManagement()
          .addOrUpdateConsumer(
              topic.name(),
              ConsumerConfiguration.builder()
                  .durable(group + lane)
                  .filterSubject(topic.filter(lane))
                  .deliverPolicy(from)
                  .ackPolicy(AckPolicy.Explicit)
                  .ackWait(Duration.ofMinutes(5))
                  .maxAckPending(-1)
                  .build());
    }
  }

  void start(RawTopic topic, String group) throws IOException, JetStreamApiException {
    for (int lane = 0; lane < Rig.LANES; lane++) {
      consumers.add(
          connection.getConsumerContext(topic.name(), group + lane).consume(this::handle));
    }
  }

  private void handle(Message message) {
    handler.run();
    room.acquireUninterruptibly();
    var unused = connection
        .request(message.getReplyTo(), ACK)
        .whenComplete((answer, failure) -> room.release());
  }

  /** Waits until every ack is confirmed. */
  void stop() {
    consumers.forEach(MessageConsumer::stop);
    consumers.forEach(RawConsumers::close);
    room.acquireUninterruptibly(MOST_UNCONFIRMED);
  }

  private static void close(MessageConsumer consumer) {
    try {
      consumer.close();
    } catch (Exception e) {
      throw new IllegalStateException("the plain client's consumer does not close", e);
    }
  }
}
