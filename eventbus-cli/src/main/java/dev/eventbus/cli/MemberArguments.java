package dev.eventbus.cli;

import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a subscription that are handed on to the bus. */
final class MemberArguments {

  @Option(
      names = "--from",
      paramLabel = "START",
      converter = StartConverter.class,
      description = {
        "earliest, latest or an instant; a group that exists goes on where it was.",
        "Default: earliest with a group, latest without."
      })
  private @Nullable StartAt from;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "Attempts of one event. Default: 3.")
  private @Nullable Integer maxAttempts;

  @Option(names = "--concurrency", paramLabel = "N", description = "Handlers at once. Default: 16.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Time in which a silent member loses its lanes. Default: 30s.")
  private @Nullable Duration lease;

  /** Whether more than one handler at once was asked for. */
  boolean wantsConcurrency() {
    return concurrency != null && concurrency > 1;
  }

  /**
   * The options with what was given.
   *
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  SubscribeOptions on(SubscribeOptions base) {
    var options = base;
    if (from != null) {
      options = options.withStart(from);
    }
    if (maxAttempts != null) {
      options = options.withMaxAttempts(maxAttempts);
    }
    if (concurrency != null) {
      options = options.withConcurrency(concurrency);
    }
    if (lease != null) {
      options = options.withLease(lease);
    }
    return options;
  }
}
