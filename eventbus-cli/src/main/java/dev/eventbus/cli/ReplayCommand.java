package dev.eventbus.cli;

import dev.eventbus.LaneLag;
import dev.eventbus.Settings;
import dev.eventbus.StartAt;
import dev.eventbus.spi.Driver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves a stopped group (S7). */
@Command(
    name = "replay",
    description = {
      "Moves GROUP, of which no member runs, to another place in TOPIC.",
      "What lies before counts as settled, what lies behind is delivered, from attempt 1 on."
    },
    footer = {
      "  eventbus replay orders billing --to earliest",
      "  eventbus replay orders billing --to latest",
      "  eventbus replay orders billing --to 2026-01-31T12:00:00Z",
    })
final class ReplayCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TOPIC", description = "Where the group reads.")
  private String topic = "";

  @Parameters(index = "1", paramLabel = "GROUP", description = "Who is moved.")
  private String group = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "START",
      converter = StartConverter.class,
      description = "earliest, latest or an instant such as 2026-01-31T12:00:00Z.")
  private StartAt to = StartAt.earliest();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public void run() {
    long lag = lagAfter();
    var out = spec.commandLine().getOut();
    if (json) {
      var moved = Json.MAPPER.createObjectNode();
      out.println(Json.line(moved.put("topic", topic).put("group", group).put("lag", lag)));
    } else {
      String events = lag == 1 ? "1 event" : lag + " events";
      out.println("Group " + group + " of " + topic + " has " + events + " before it.");
    }
  }

  private long lagAfter() {
    try (Driver driver = DriverSelection.open(Settings.fromEnvironment())) {
      var admin = driver.admin();
      admin.replay(topic, group, to);
      return admin.lag(topic, group).stream().mapToLong(LaneLag::events).sum();
    }
  }
}
