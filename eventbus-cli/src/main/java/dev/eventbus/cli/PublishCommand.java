package dev.eventbus.cli;

import dev.eventbus.EventBus;
import dev.eventbus.PublishOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

/** Publishes arguments, lines or JSON lines. */
@Command(
    name = "publish",
    description = {
      "Publishes each PAYLOAD, or without one each line of stdin.",
      "An event that fails is told with its line, the others go on, and the exit code is 1."
    },
    footer = {
      "  eventbus publish orders hello --key customer-42 --header source=web",
      "  eventbus publish orders '{\"n\":{n}}' --repeat 10000 --key 'customer-{n%%200}'",
      "  eventbus publish reminders 'call back' --deliver-after 5m",
      "  eventbus publish orders --key-from '^(\\S+)' < orders.log",
      "  eventbus subscribe orders --format json --until-idle 2s | eventbus publish copy --json",
    })
final class PublishCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private EventTemplate template;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to.")
  private String topic = "";

  @Parameters(
      index = "1..*",
      paramLabel = "PAYLOAD",
      description = "One event each; none: lines of stdin.")
  private List<String> payloads = List.of();

  @Option(
      names = "--json",
      description = {
        "Lines of stdin are objects: key, payload or payloadBase64, headers, id, type, source, time."
      })
  private boolean json;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Rate.Converter.class,
      description = "At most so many a second (N/m: a minute).")
  private @Nullable Rate rate;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Publish the arguments N times; {n} in payload and key is the event's number, {n%%20} its"
            + " remainder."
      })
  private long repeat;

  @Option(
      names = "--deliver-after",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Hold each event back for so long, such as 5s, where the broker can.")
  private @Nullable Duration deliverAfter;

  @Override
  public Integer call() throws Exception {
    PublishOptions options = options();
    Input input = input();
    try (EventBus bus = EventBus.connect()) {
      var publisher = new Publisher(bus, topic, options, spec.commandLine().getErr(), rate);
      return OnSignal.during(() -> interrupted(publisher), () -> published(publisher, input));
    }
  }

  private int published(Publisher publisher, Input input) throws IOException, InterruptedException {
    publisher.run(input);
    if (!publisher.interrupted()) {
      spec.commandLine().getErr().println(publisher.summary());
    }
    return publisher.allConfirmed() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private PublishOptions options() {
    if (deliverAfter == null) {
      return PublishOptions.defaults();
    }
    try {
      return PublishOptions.defaults().withDeliverAfter(deliverAfter);
    } catch (IllegalArgumentException outOfBounds) {
      throw new ParameterException(spec.commandLine(), outOfBounds.getMessage());
    }
  }

  private Input input() {
    check(repeat >= 1, "--repeat " + repeat + ": give at least 1");
    check(!template.hasTwoKeys(), "--key and --key-from: give one of them");
    if (!payloads.isEmpty()) {
      check(!json, "--json reads stdin: give no PAYLOAD");
      return new ArgumentInput(payloads, template, repeat);
    }
    check(repeat == 1, "--repeat repeats arguments: give a PAYLOAD");
    if (Terminal.is(Terminal.Stream.IN)) {
      spec.commandLine().getErr().println("Each line is an event; Ctrl-D ends.");
    }
    var lines = new ByteLines(System.in);
    return json ? new JsonInput(lines, template) : new LineInput(lines, template);
  }

  private void interrupted(Publisher publisher) {
    var err = spec.commandLine().getErr();
    try {
      publisher.interrupt();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    err.println("interrupted: " + publisher.summary());
  }

  private void check(boolean right, String text) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), text);
    }
  }
}
