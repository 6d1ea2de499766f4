package dev.eventbus.cli;

import dev.eventbus.EventBus;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the events of a topic, as a member of a group or to itself alone. */
@Command(
    name = "subscribe",
    description = {
      "Prints each event of TOPIC as it is delivered.",
      "An event is settled once its line is written. Without --group every event comes, from now"
          + " on, and nothing is left on the broker at the end."
    },
    footer = {
      "  eventbus subscribe orders --group billing",
      "  eventbus subscribe orders --group test --fail-rate 0.2 --format json",
      "  eventbus subscribe orders --from earliest --until-idle 2s",
      "  eventbus subscribe orders.dlq.billing --group look --max 1 --format json",
    })
final class SubscribeCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private MemberArguments member;

  @Parameters(paramLabel = "TOPIC", description = "Where from.")
  private String topic = "";

  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      description = "Share the events with the group's other members.")
  private @Nullable String group;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (one object a line).")
  private DeliveryFormat.Name format = DeliveryFormat.Name.TEXT;

  @Option(
      names = {"-n", "--max"},
      paramLabel = "N",
      description = "End after N events; handles one at a time.")
  private @Nullable Long max;

  @Option(
      names = "--until-idle",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "End when nothing has come for so long, such as 2s.")
  private @Nullable Duration untilIdle;

  @Option(
      names = "--fail-rate",
      paramLabel = "P",
      defaultValue = "0",
      description = "Share of the attempts that fail, 0 to 1, to see retries.")
  private double failRate;

  @Override
  public Integer call() throws Exception {
    SubscribeOptions options = options();
    var stop = new StopSignal();
    var handler = new PrintingHandler(
        format.format(),
        spec.commandLine().getOut(),
        failRate,
        max == null ? Long.MAX_VALUE : max,
        stop::stop);
    return OnSignal.during(stop::stopAndAwaitEnd, () -> subscribed(options, handler, stop));
  }

  private int subscribed(SubscribeOptions options, PrintingHandler handler, StopSignal stop)
      throws InterruptedException {
    try (EventBus bus = EventBus.connect()) {
      var subscription = group == null
          ? bus.subscribeEach(topic, handler, options)
          : bus.subscribe(topic, group, handler, options);
      StopReason reason = stop.await(subscription, handler, untilIdle);
      if (reason == StopReason.FAILED) {
        throw new CommandException(
            "the subscription has ended: " + subscription.health().reason());
      }
      subscription.pause();
      handler.draining();
      subscription.close();
      spec.commandLine().getErr().println(summary(subscription, handler.handled()));
      return ExitCode.OK;
    } finally {
      stop.ended();
    }
  }

  private SubscribeOptions options() {
    check(failRate >= 0 && failRate <= 1, "--fail-rate " + failRate + ": give 0 to 1");
    check(max == null || max >= 1, "--max " + max + ": give at least 1");
    check(
        max == null || !member.wantsConcurrency(),
        "--max handles one event at a time: leave out --concurrency");
    try {
      var options =
          member.on(group == null ? SubscribeOptions.forBroadcast() : SubscribeOptions.defaults());
      return max == null ? options : options.withConcurrency(1);
    } catch (IllegalArgumentException outOfBounds) {
      throw new ParameterException(spec.commandLine(), outOfBounds.getMessage());
    }
  }

  private static String summary(Subscription subscription, long handled) {
    var stats = subscription.stats();
    var line = new StringBuilder();
    line.append(handled == 1 ? "1 event" : handled + " events").append(" handled");
    append(line, stats.failedAttempts(), "failed attempts");
    append(line, stats.deadLettered(), "dead-lettered");
    append(line, stats.discarded(), "discarded");
    append(line, stats.trimmed(), "trimmed by retention");
    return line.toString();
  }

  private static void append(StringBuilder line, long number, String what) {
    if (number > 0) {
      line.append(", ").append(number).append(' ').append(what);
    }
  }

  private void check(boolean right, String text) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), text);
    }
  }
}
