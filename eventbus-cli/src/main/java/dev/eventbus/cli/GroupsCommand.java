package dev.eventbus.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.eventbus.LaneLag;
import dev.eventbus.Settings;
import dev.eventbus.cli.TopicView.GroupView;
import dev.eventbus.spi.Driver;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists a topic's groups, and what each has not settled of which lane. */
@Command(
    name = "groups",
    description = "Lists the groups of TOPIC, and what each has not settled of which lane.",
    footer = {
      "  COZE_MQ_TYPE=embedded eventbus groups orders",
      "  COZE_MQ_TYPE=embedded eventbus groups orders --json",
    })
final class GroupsCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "TOPIC", description = "Whose groups.")
  private String topic = "";

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    var groups = groups();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.document(document(groups)));
    } else if (groups.isEmpty()) {
      out.println("No groups.");
    } else {
      out.print(Table.of(rows(groups)));
    }
  }

  private List<GroupView> groups() {
    try (Driver driver = DriverSelection.open(Settings.fromEnvironment())) {
      if (driver.admin().topic(topic).isEmpty()) {
        throw new CommandException("there is no topic " + topic);
      }
      return TopicView.groups(driver.admin(), topic);
    }
  }

  static List<List<String>> rows(List<GroupView> groups) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("GROUP", "LAG", "LANE:LAG"));
    for (GroupView group : groups) {
      rows.add(List.of(group.name(), "" + group.events(), byLane(group.lag())));
    }
    return rows;
  }

  private static String byLane(List<LaneLag> lag) {
    return lag.stream()
        .filter(lane -> lane.events() > 0)
        .map(lane -> lane.lane() + ":" + lane.events())
        .collect(joining(" "));
  }

  static JsonNode document(List<GroupView> groups) {
    ArrayNode document = Json.MAPPER.createArrayNode();
    add(document, groups);
    return document;
  }

  /** Adds an object for each group. */
  static void add(ArrayNode array, List<GroupView> groups) {
    for (GroupView group : groups) {
      var entry = array.addObject();
      entry.put("name", group.name()).put("lag", group.events());
      var lanes = entry.putArray("lanes");
      group
          .lag()
          .forEach(lag -> lanes.addObject().put("lane", lag.lane()).put("lag", lag.events()));
    }
  }
}
