package dev.eventbus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists topics, their groups, and what each group has not settled. */
@Command(
    name = "topics",
    description = "Lists the topics of the broker, their groups, and the lag of each group.",
    footer = {
      "  COZE_MQ_TYPE=embedded eventbus topics",
      "  COZE_MQ_TYPE=embedded eventbus topics orders --json",
    })
final class TopicsCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "TOPIC", arity = "0..*", description = "Only these; none: all.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    var views = views();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.document(document(views)));
    } else if (views.isEmpty()) {
      out.println("No topics.");
    } else {
      out.print(Table.of(rows(views)));
    }
  }

  private List<TopicView> views() {
    try (Driver driver = DriverSelection.open(Settings.fromEnvironment())) {
      var views = TopicView.all(driver.admin());
      for (String name : names) {
        if (views.stream().noneMatch(view -> view.name().equals(name))) {
          throw new CommandException("there is no topic " + name);
        }
      }
      return views.stream()
          .filter(view -> names.isEmpty() || names.contains(view.name()))
          .toList();
    }
  }

  static List<List<String>> rows(List<TopicView> views) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("TOPIC", "LANES", "EVENTS", "GROUP", "LAG"));
    for (TopicView view : views) {
      var topic = List.of(view.name(), "" + view.lanes(), "" + view.events());
      if (view.groups().isEmpty()) {
        rows.add(topic);
      }
      for (var group : view.groups()) {
        var row = new ArrayList<>(topic);
        row.addAll(List.of(group.name(), "" + group.events()));
        rows.add(row);
      }
    }
    return rows;
  }

  static JsonNode document(List<TopicView> views) {
    var document = Json.MAPPER.createArrayNode();
    for (TopicView view : views) {
      var topic = document.addObject();
      topic.put("name", view.name()).put("lanes", view.lanes()).put("events", view.events());
      GroupsCommand.add(topic.putArray("groups"), view.groups());
    }
    return document;
  }
}
