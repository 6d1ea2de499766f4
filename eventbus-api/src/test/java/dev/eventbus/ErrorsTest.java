package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.PublishException.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the texts of errors must say: what, where, the setting and the mend. */
class ErrorsTest {

  private static List<EventBusException> oneOfEach() {
    return List.of(
        new UnknownDriverException("text"),
        new SettingException("X", "y", "z"),
        new TopicNameException("text"),
        new GroupNameException("text"),
        new LaneCountException("orders", 8, 4),
        new InvalidEventException("text"),
        new EventTooLargeException("orders", 10, 5, "max_payload"),
        new PublishTimeoutException("orders", Outcome.UNKNOWN, Duration.ofSeconds(1), "an answer"),
        new PublishFailedException("orders", Outcome.NOT_STORED, "no leader", null),
        new UnsupportedCapabilityException("nsq", "A8", "use another broker"));
  }

  @Test
  void everyCodeBelongsToOneError() {
    assertThat(oneOfEach())
        .extracting(EventBusException::code)
        .containsExactlyElementsOf(
            Arrays.stream(BusError.values()).map(BusError::id).toList());
  }

  @Test
  void everyTextEndsWithItsCode() {
    assertThat(oneOfEach())
        .allSatisfy(error -> assertThat(error).hasMessageEndingWith(" [" + error.code() + "]"));
  }

  @Test
  void aLaneCountNamesBothNumbersAndTheSetting() {
    assertThat(new LaneCountException("orders", 8, 4))
        .hasMessageContainingAll("orders", "8 lanes", "EVENTBUS_LANES is 4", "set it to 8");
  }

  @Test
  void anOversizeEventNamesTheLimitItsValueAndItsSource() {
    var error = new EventTooLargeException("orders", 10, 5, "max_payload");
    assertThat(error).hasMessageContainingAll("orders", "10 bytes", "limit is 5", "max_payload");
    assertThat(error.size()).isEqualTo(10);
    assertThat(error.limit()).isEqualTo(5);
  }

  @Test
  void aTimeoutSaysWhatItWaitedForAndWhetherTheEventMayBeStored() {
    var unknown =
        new PublishTimeoutException("orders", Outcome.UNKNOWN, Duration.ofSeconds(1), "an answer");
    assertThat(unknown)
        .hasMessageContainingAll(
            "orders",
            "PT1S",
            Settings.PUBLISH_TIMEOUT,
            "an answer",
            "unknown whether it is stored");
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
    var notStored =
        new PublishTimeoutException("orders", Outcome.NOT_STORED, Duration.ofSeconds(1), "room");
    assertThat(notStored).hasMessageContaining("it is not stored");
  }

  @Test
  void aFailureKeepsItsCauseAndItsOutcome() {
    var cause = new IllegalStateException("boom");
    var failed = new PublishFailedException("orders", Outcome.UNKNOWN, "no leader", cause);
    assertThat(failed).hasCause(cause).hasMessageContainingAll("perhaps stored", "no leader");
    assertThat(failed.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whatIsNotOfferedNamesDriverClauseAndWayOut() {
    assertThat(new UnsupportedCapabilityException("nsq", "A8", "use another broker"))
        .hasMessageContainingAll("driver nsq", "clause A8", "use another broker");
  }
}
