package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.StartAt;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {

  @ParameterizedTest
  @CsvSource({"100, 100", "100/s, 100", "0.5/s, 0.5", "30/m, 0.5", "3600/h, 1"})
  void aRateIsEventsInASecond(String text, double perSecond) {
    assertThat(Rate.parse(text).perSecond()).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1/s", "1/d", "s", "1e3"})
  void aRateIsAboveZeroAndHasAKnownUnit(String text) {
    assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void aRateTellsWhenAnEventIsDue() {
    assertThat(Rate.parse("4/s").due(0)).isZero();
    assertThat(Rate.parse("4/s").due(2)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aStartIsANameOrAnInstant() {
    var converter = new StartConverter();

    assertThat(converter.convert("earliest")).isEqualTo(StartAt.earliest());
    assertThat(converter.convert("latest")).isEqualTo(StartAt.latest());
    assertThat(converter.convert("2026-01-31T12:00:00Z"))
        .isEqualTo(StartAt.at(Instant.parse("2026-01-31T12:00:00Z")));
  }

  @Test
  void aTimeIsReadAsTheSettingsReadIt() {
    var converter = new DurationConverter();

    assertThat(converter.convert("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(converter.convert("PT2S")).isEqualTo(Duration.ofSeconds(2));
  }
}
