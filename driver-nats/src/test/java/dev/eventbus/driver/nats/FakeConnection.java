package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection to nobody: keeps what is published, and answers requests as the test says. */
final class FakeConnection implements AutoCloseable {

  /** What was published or asked. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sent(
      String subject, @Nullable String replyTo, @Nullable Headers headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  final List<Sent> published = new ArrayList<>();
  final ServerCalls calls;
  final Denials denials = new Denials();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Function<Sent, CompletableFuture<Message>> server;

  /** The time, as the test says. */
  long now;

  FakeConnection(Function<Sent, CompletableFuture<Message>> server) {
    this.server = server;
    calls = new ServerCalls(connection(), timer, () -> now, denials);
  }

  /** Answers nothing. */
  FakeConnection() {
    this(sent -> new CompletableFuture<>());
  }

  static CompletableFuture<Message> answer(String json) {
    return CompletableFuture.completedFuture(message(json));
  }

  static Message message(String json) {
    return new NatsMessage("_INBOX.x", null, json.getBytes(StandardCharsets.UTF_8));
  }

  /** What was published, as {@code subject reply}. */
  List<String> lines() {
    return published.stream().map(sent -> sent.subject() + " " + sent.replyTo()).toList();
  }

  void closeTimer() {
    timer.shutdownNow();
  }

  private Connection connection() {
    return (Connection) Proxy.newProxyInstance(
        Connection.class.getClassLoader(),
        new Class<?>[] {Connection.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "publish" -> {
            published.add(new Sent(
                (String) arguments[0], (String) arguments[1], null, (byte[]) arguments[2]));
            yield null;
          }
          case "requestWithTimeout" -> {
            if (!(arguments[3] instanceof Duration)) {
              throw new IllegalArgumentException("no time limit");
            }
            yield server.apply(new Sent(
                (String) arguments[0], null, (Headers) arguments[1], (byte[]) arguments[2]));
          }
          case "getStatus" -> Connection.Status.CONNECTED;
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
