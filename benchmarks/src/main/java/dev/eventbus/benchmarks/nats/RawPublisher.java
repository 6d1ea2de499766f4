package dev.eventbus.benchmarks.nats;

import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a careful user of the plain client writes: asynchronous publishes, a thousand at most
 * unconfirmed, and one in flight for each key, since a repeated one may pass the one behind it.
 */
final class RawPublisher {

  private static final int MOST_PENDING = 1_000;

  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(MOST_PENDING);
  private final JetStream jetStream;

  RawPublisher(JetStream jetStream) {
    this.jetStream = jetStream;
  }

  /** The events of one key. */
  private static final class Line {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    synchronized boolean waits(Waiting publish) {
      if (busy) {
        waiting.add(publish);
      }
      boolean waits = busy;
      busy = true;
      return waits;
    }

    synchronized @Nullable Waiting next() {
      Waiting next = waiting.poll();
      busy = next != null;
      return next;
    }
  }

  private record Waiting(Message message, CompletableFuture<PublishAck> result) {}

  /** In the order of its key. */
  CompletableFuture<PublishAck> ordered(String key, Message message) {
    room.acquireUninterruptibly();
    var publish = new Waiting(message, new CompletableFuture<>());
    Line line = lines.computeIfAbsent(key, name -> new Line());
    if (!line.waits(publish)) {
      send(line, publish);
    }
    return publish.result();
  }

  private void send(Line line, Waiting publish) {
    var unused = jetStream.publishAsync(publish.message()).handle(giveBack((ack, failure) -> {
      Waiting next = line.next();
      if (next != null) {
        send(line, next);
      }
      return failure == null
          ? publish.result().complete(ack)
          : publish.result().completeExceptionally(failure);
    }));
  }

  /** Without any order after a failure: one behind another, whatever the key. */
  CompletableFuture<PublishAck> pipelined(Message message) {
    room.acquireUninterruptibly();
    CompletableFuture<PublishAck> sent = jetStream.publishAsync(message);
    var unused = sent.handle(giveBack((ack, failure) -> true));
    return sent;
  }

  private BiFunction<PublishAck, @Nullable Throwable, Boolean> giveBack(
      BiFunction<PublishAck, @Nullable Throwable, Boolean> then) {
    return (ack, failure) -> {
      room.release();
      return then.apply(ack, failure);
    };
  }
}
