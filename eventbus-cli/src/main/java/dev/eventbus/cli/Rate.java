package dev.eventbus.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Events in a time.
 *
 * @param perSecond events in a second; above zero
 */
record Rate(double perSecond) {

  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:/(s|m|h))?");

  /** When the event with this number, from 0, is due, counted from the start. */
  Duration due(long number) {
    return Duration.ofNanos((long) (number / perSecond * 1e9));
  }

  /** Reads {@code 100}, {@code 100/s}, {@code 30/m} or {@code 1/h}. */
  static Rate parse(String text) {
    var match = TEXT.matcher(text.strip());
    if (match.matches()) {
      String unit = match.group(2) == null ? "s" : match.group(2);
      double seconds = switch (unit) {
        case "m" -> 60;
        case "h" -> 3600;
        default -> 1;
      };
      double perSecond = Double.parseDouble(match.group(1)) / seconds;
      if (perSecond > 0) {
        return new Rate(perSecond);
      }
    }
    throw new TypeConversionException("'" + text + "' is not a rate such as 100/s or 30/m");
  }

  /** Reads a rate for picocli. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      return parse(text);
    }
  }
}
