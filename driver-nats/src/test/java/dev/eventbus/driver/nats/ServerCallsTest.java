package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBusException;
import io.nats.client.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that are lost are repeated; those that are refused are not. */
class ServerCallsTest {

  private static final String REFUSAL =
      "{\"error\":{\"code\":400,\"err_code\":%d,\"description\":\"no\"}}";

  private final AtomicInteger asked = new AtomicInteger();

  private static <T> T get(CompletableFuture<T> call) throws Exception {
    return call.get(20, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Message> lost() {
    return CompletableFuture.failedFuture(new TimeoutException("no answer"));
  }

  @Test
  void aLostAnswerIsAskedForAgain() throws Exception {
    try (var fake = new FakeConnection(sent -> asked.incrementAndGet() < 3
        ? lost()
        : FakeConnection.answer("{\"type\":\"x\",\"success\":true}"))) {
      get(fake.calls.persist(() -> fake.calls.deleteConsumer("s", "c")));
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void whatPassesByItselfIsAskedForAgain() throws Exception {
    try (var fake = new FakeConnection(sent -> FakeConnection.answer(
        asked.incrementAndGet() < 2 ? REFUSAL.formatted(10008) : "{\"success\":true}"))) {
      get(fake.calls.untilDone(() -> fake.calls.unpin("s", "c"), () -> true));
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void aRefusalIsFinal() {
    try (var fake = new FakeConnection(sent -> {
      asked.incrementAndGet();
      return FakeConnection.answer(REFUSAL.formatted(10014));
    })) {
      assertThatThrownBy(() -> get(fake.calls.persist(() -> fake.calls.consumerInfo("s", "c"))))
          .cause()
          .isInstanceOfSatisfying(
              ServerRefusal.class, refusal -> assertThat(refusal.notFound()).isTrue());
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void whatTheUserMayNotDoEndsTheCallAtOnce() {
    try (var fake = new FakeConnection()) {
      CompletableFuture<?> call = fake.calls.persist(() -> fake.calls.streamInfo("s"));
      assertThat(call).isNotDone();
      fake.denials.heard(new Denial(Denial.Use.PUBLISH, "$JS.API.STREAM.INFO.s"));
      assertThatThrownBy(() -> get(call))
          .cause()
          .isInstanceOfSatisfying(
              EventBusException.class,
              denied -> assertThat(denied.code()).isEqualTo(NatsError.PERMISSION.id()));
    }
  }

  @Test
  void whatTheClientDoesNotTakeFailsTheFuture() {
    try (var fake = new FakeConnection(sent -> {
      throw new IllegalArgumentException("too large");
    })) {
      assertThat(fake.calls.ask("subject", "")).isCompletedExceptionally();
      assertThatThrownBy(() -> get(fake.calls.ask("subject", "")))
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsNoLongerWantedIsNotRepeated() {
    var wanted = new AtomicBoolean(true);
    try (var fake = new FakeConnection(sent -> {
      asked.incrementAndGet();
      wanted.set(false);
      return lost();
    })) {
      CompletableFuture<?> call =
          fake.calls.untilDone(() -> fake.calls.streamInfo("s"), wanted::get);
      CompletableFuture<?> unwanted =
          fake.calls.untilDone(() -> fake.calls.streamInfo("s"), wanted::get);
      assertThat(asked).hasValue(1);
      assertThat(call).isNotDone();
      assertThat(unwanted).isNotDone();
    }
  }

  @Test
  void aClosedDriverKeepsNobodyWaiting() {
    try (var fake = new FakeConnection(sent -> lost())) {
      fake.closeTimer();
      assertThatThrownBy(() -> get(fake.calls.persist(() -> fake.calls.streamInfo("s"))))
          .cause()
          .isInstanceOfSatisfying(
              EventBusException.class,
              closed -> assertThat(closed.code()).isEqualTo(NatsError.CLOSED.id()));
    }
  }

  @Test
  void bytesThatWaitForTheSocketAreBounded() {
    try (var fake = new FakeConnection(sent -> {
      asked.incrementAndGet();
      return FakeConnection.answer("{}");
    })) {
      var outbound = new Outbound(fake.calls);
      long first = outbound.handOver(40L << 20);
      assertThat(outbound.hasRoom()).isTrue();
      long second = outbound.handOver(40L << 20);
      outbound.answered(first);
      assertThat(outbound.hasRoom()).isTrue();
      outbound.handOver(40L << 20);
      outbound.answered(first);
      assertThat(outbound.hasRoom()).as("more than 64 MiB").isFalse();
      assertThat(asked).as("an answer tells how far the server is").hasValue(1);
      assertThat(outbound.hasRoom()).isTrue();
      assertThat(second).isGreaterThan(first);
    }
  }
}
