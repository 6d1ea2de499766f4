package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.DriverException;
import dev.eventbus.driver.nats.Denial.Use;
import io.nats.client.Message;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DenialTest {

  private final Denials denials = new Denials();

  @Test
  void theServersWordsAreRead() {
    assertThat(Denial.read("Permissions Violation for Publish to \"$JS.API.INFO\""))
        .isEqualTo(new Denial(Use.PUBLISH, "$JS.API.INFO"));
    assertThat(Denial.read("Permissions Violation for Subscription to \"_INBOX.x.*\""))
        .isEqualTo(new Denial(Use.SUBSCRIBE, "_INBOX.x.*"));
    assertThat(Denial.read("Permissions Violation for Subscription to \"a.b\" using queue \"q\""))
        .isEqualTo(new Denial(Use.SUBSCRIBE, "a.b"));
    assertThat(Denial.read("Stale Connection")).isNull();
  }

  @Test
  void aDenialConcernsTheGroupWhoseNamesItHas() {
    assertThat(new Denial(Use.PUBLISH, "$JS.ACK.s.g=3.1.2.3.4.5").concerns("s", "g"))
        .isTrue();
    assertThat(new Denial(Use.PUBLISH, "$JS.API.CONSUMER.MSG.NEXT.s.g=3").concerns("s", "g"))
        .isTrue();
    assertThat(new Denial(Use.SUBSCRIBE, "_EVENTBUS.s.g").concerns("s", "g")).isTrue();
    assertThat(new Denial(Use.SUBSCRIBE, "_INBOX.abc.>").concerns("s", "g")).isTrue();
    assertThat(new Denial(Use.PUBLISH, "$JS.ACK.s.g2=3.1.2.3.4.5").concerns("s", "g"))
        .isFalse();
    assertThat(new Denial(Use.PUBLISH, "$JS.ACK.s2.g=3.1.2.3.4.5").concerns("s", "g"))
        .isFalse();
    assertThat(new Denial(Use.SUBSCRIBE, "_EVENTBUS.s.g2").concerns("s", "g")).isFalse();
    assertThat(new Denial(Use.PUBLISH, "s.@8.1.~").concerns("s", "g")).isFalse();
  }

  @Test
  void theTextNamesTheSubjectAndIsTheSameForEveryAck() {
    DriverException one = new Denial(Use.PUBLISH, "$JS.ACK.s.g=3.1.2.3.4.5").explained();
    DriverException other = new Denial(Use.PUBLISH, "$JS.ACK.s.g=4.1.7.3.4.5").explained();
    assertThat(one.code()).isEqualTo(NatsError.PERMISSION.id());
    assertThat(one)
        .hasMessageContaining("publish to \"$JS.ACK.>\"")
        .hasMessageContaining("permissions")
        .hasMessage(other.getMessage());
  }

  @Test
  void itEndsTheCallsToItsSubjectAlone() {
    CompletableFuture<Message> first = denials.expect("a");
    CompletableFuture<Message> second = denials.expect("a");
    CompletableFuture<Message> other = denials.expect("b");
    denials.heard(new Denial(Use.PUBLISH, "a"));
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    assertThat(other).isNotDone();
  }

  @Test
  void withoutAnswersEveryCallEnds() {
    CompletableFuture<Message> call = denials.expect("a");
    denials.heard(new Denial(Use.SUBSCRIBE, "_INBOX.lane.>"));
    assertThat(call).isNotDone();
    denials.heard(new Denial(Use.SUBSCRIBE, "_INBOX.all.*"));
    assertThat(call).isCompletedExceptionally();
  }

  @Test
  void whatHasBeenAnsweredIsForgotten() {
    CompletableFuture<Message> call = denials.expect("a");
    call.complete(FakeConnection.message("{}"));
    denials.heard(new Denial(Use.PUBLISH, "a"));
    assertThat(call).isCompleted();
  }
}
