package dev.eventbus.cli;

import java.util.Locale;

/** Puts the result of a publish into one line. */
final class PublishSummary {

  private PublishSummary() {}

  static String of(String topic, PublishTally.Counts counts, double seconds) {
    long confirmed = counts.confirmed();
    var line = new StringBuilder();
    line.append(events(confirmed)).append(" published to ").append(topic);
    line.append(String.format(Locale.ROOT, " in %.2f s", seconds));
    if (confirmed > 1) {
      line.append(String.format(Locale.ROOT, " (%.0f/s)", confirmed / Math.max(seconds, 1e-3)));
    }
    append(line, counts.failed(), "failed");
    append(line, counts.unknown(), "perhaps stored");
    append(line, counts.pending(), "without an answer");
    return line.toString();
  }

  private static String events(long number) {
    return number == 1 ? "1 event" : number + " events";
  }

  private static void append(StringBuilder line, long number, String what) {
    if (number > 0) {
      line.append(", ").append(number).append(' ').append(what);
    }
  }
}
