package dev.eventbus.cli;

import dev.eventbus.StartAt;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code earliest}, {@code latest} or an instant. */
final class StartConverter implements ITypeConverter<StartAt> {

  @Override
  public StartAt convert(String text) {
    return switch (text) {
      case "earliest" -> StartAt.earliest();
      case "latest" -> StartAt.latest();
      default -> instant(text);
    };
  }

  private static StartAt instant(String text) {
    try {
      return StartAt.at(Instant.parse(text));
    } catch (DateTimeParseException unreadable) {
      throw new TypeConversionException(
          "'" + text + "' is not earliest, latest or an instant such as 2026-01-31T12:00:00Z");
    }
  }
}
