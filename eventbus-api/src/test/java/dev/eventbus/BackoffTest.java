package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

  private static final double MIDDLE = 0.5;
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration MOST = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"1,200", "2,400", "3,800", "8,25600", "9,30000", "10,30000", "2000000000,30000"})
  void eachDelayDoublesUpToTheCap(int attempt, long millis) {
    assertThat(Backoff.defaults().after(attempt, MIDDLE)).hasMillis(millis);
  }

  @Test
  void jitterIsAtMostAFifthToEitherSide() {
    assertThat(Backoff.defaults().after(1, 0)).hasMillis(160);
    assertThat(Backoff.defaults().after(1, 1)).hasMillis(240);
  }

  @Test
  void aFixedDelayStaysTheSame() {
    Backoff fixed = Backoff.fixed(Duration.ofMillis(7));
    assertThat(fixed.after(1, 0)).hasMillis(7);
    assertThat(fixed.after(50, 1)).hasMillis(7);
  }

  @Test
  void theFirstDelayIsAtLeastAMillisecond() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofNanos(999_999), 2, MOST, 0))
        .withMessage("backoff first (ms) is 0: give at least 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void theFactorNeverShrinksADelay(double factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(FIRST, factor, MOST, 0))
        .withMessage("backoff factor is " + factor + ": give at least 1");
  }

  @Test
  void theCapIsNotBelowTheFirstDelay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(FIRST, 2, FIRST.minusMillis(1), 0))
        .withMessage("backoff most is PT0.199S: give at least first, which is PT0.2S");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0.91, Double.NaN})
  void jitterStaysBetweenZeroAndNineTenths(double jitter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(FIRST, 2, MOST, jitter))
        .withMessage("backoff jitter is " + jitter + ": give 0 to 0.9");
  }
}
