package dev.eventbus.cli;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as the settings do: {@code 500ms}, {@code 30s}, {@code 5m} or {@code PT30S}. */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final String NAME = "value";

  @Override
  public Duration convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("it is empty: give a time such as 500ms, 30s or 5m");
    }
    try {
      return Settings.of(Map.of(NAME, text)).duration(NAME, Duration.ZERO);
    } catch (SettingException unreadable) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 500ms, 30s, 5m or PT30S");
    }
  }
}
