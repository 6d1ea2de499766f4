package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

  /** A change that is refused, and what its message must say. */
  record Refused(String option, String mend, UnaryOperator<SubscribeOptions> change) {
    @Override
    public String toString() {
      return option;
    }
  }

  static List<Refused> refusedOptions() {
    return List.of(
        new Refused("maxAttempts is 0", "at least 1", options -> options.withMaxAttempts(0)),
        new Refused("concurrency is 0", "at least 1", options -> options.withConcurrency(0)),
        new Refused("maxInFlight is -1", "at least 1", options -> options.withMaxInFlight(-1)),
        new Refused(
            "lease (ms) is 99",
            "at least 100",
            options -> options.withLease(Duration.ofMillis(99))),
        new Refused(
            "drainTimeout is PT-1S",
            "zero or more",
            options -> options.withDrainTimeout(Duration.ofSeconds(-1))),
        new Refused("maxSpan is 9", "at least 10", options -> options.withMaxSpan(9)),
        new Refused("maxSpan is 1001", "at most 1000", options -> options.withMaxSpan(1001)),
        new Refused(
            "maxBufferedBytes is 0", "at least 1", options -> options.withMaxBufferedBytes(0)));
  }

  @ParameterizedTest
  @MethodSource("refusedOptions")
  void aValueOutsideItsLimitsIsRefusedWithThem(Refused refused) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> refused.change().apply(SubscribeOptions.defaults()))
        .withMessageContaining(refused.option())
        .withMessageContaining(refused.mend());
  }

  @Test
  void theDefaultsAreThoseOfTheContract() {
    SubscribeOptions options = SubscribeOptions.defaults();
    assertThat(options.start()).isEqualTo(StartAt.earliest());
    assertThat(options.maxAttempts()).isEqualTo(3);
    assertThat(options.maxInFlight()).isEqualTo(100);
    assertThat(options.lease()).hasSeconds(30);
    assertThat(options.onExhausted()).isEqualTo(OnExhausted.DEAD_LETTER);
    assertThat(options.maxSpan()).isEqualTo(1000);
    assertThat(options.maxBufferedBytes()).isEqualTo(64 * 1024 * 1024);
    assertThat(options.requires()).isNull();
    assertThat(options.backoff())
        .isEqualTo(new Backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(30), 0.2));
  }

  @Test
  void aBroadcastStartsAtTheLatestAndHasNoDeadLetters() {
    SubscribeOptions options = SubscribeOptions.forBroadcast();
    assertThat(options.start()).isEqualTo(StartAt.latest());
    assertThat(options.onExhausted()).isEqualTo(OnExhausted.DISCARD);
  }

  @Test
  void eachCopyChangesItsOwnOptionAlone() {
    var listener = new SubscriptionListener() {};
    SubscribeOptions changed = SubscribeOptions.defaults()
        .withStart(StartAt.latest())
        .withMaxAttempts(4)
        .withBackoff(Backoff.fixed(Duration.ofMillis(5)))
        .withConcurrency(6)
        .withMaxInFlight(7)
        .withLease(Duration.ofSeconds(8))
        .withOnExhausted(OnExhausted.HOLD)
        .withDrainTimeout(Duration.ZERO)
        .withMaxSpan(10)
        .withMaxBufferedBytes(11)
        .withListener(listener)
        .withRequires(Profile.RELIABLE);
    assertThat(changed)
        .isEqualTo(new SubscribeOptions(
            StartAt.latest(),
            4,
            Backoff.fixed(Duration.ofMillis(5)),
            6,
            7,
            Duration.ofSeconds(8),
            OnExhausted.HOLD,
            Duration.ZERO,
            10,
            11,
            listener,
            Profile.RELIABLE));
  }

  @Test
  void anOptionIsNeverNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> SubscribeOptions.defaults().withStart(null))
        .withMessage("start");
    assertThatNullPointerException()
        .isThrownBy(() -> SubscribeOptions.defaults().withListener(null))
        .withMessage("listener");
  }

  @Test
  void connectOptionsHaveLimits() {
    ConnectOptions options = ConnectOptions.defaults();
    assertThat(options.publishTimeout()).hasSeconds(10);
    assertThat(options.maxPendingPublishes()).isEqualTo(1000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withPublishTimeout(Duration.ZERO))
        .withMessage("publishTimeout is PT0S: give a time above zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withMaxPendingPublishes(0))
        .withMessage("maxPendingPublishes is 0: give at least 1");
    Executor direct = Runnable::run;
    assertThat(options.withHandlerExecutor(direct).handlerExecutor()).isSameAs(direct);
  }

  @Test
  void aRetryDelayIsNeverNegative() {
    assertThat(new RetryLater(Duration.ZERO).delay()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryLater(Duration.ofMillis(-1)))
        .withMessageContaining("delay is PT-0.001S");
  }

  @Test
  void aWholeIsDegradedByAPartThatIsDownAndSaysWhich() {
    Health whole = Health.up("bus")
        .with(List.of(Health.up("orders/billing"), Health.down("orders/audit", "broker is away")));
    assertThat(whole.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(whole.reason()).isEqualTo("orders/audit: broker is away");
    assertThat(Health.down("bus", "closed").with(whole.parts()).state())
        .isEqualTo(Health.State.DOWN);
  }

  @Test
  void capabilitiesDoNotChangeWithTheMapTheyWereMadeOf() {
    var open = new HashMap<>(Map.of("A8", "use another broker"));
    var capabilities = new Capabilities(
        "nsq", "nsqd", "own", Profile.RELIABLE, Durability.PROCESS_CRASH, 1, "limit", open);
    open.clear();
    assertThat(capabilities.notOffered()).containsOnlyKeys("A8");
  }
}
