package dev.eventbus.cli.broker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eventbus.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the brokers that were started here. */
@Command(
    name = "status",
    description = "Shows the brokers that eventbus broker start has started, and their settings.",
    footer = {
      "  eventbus broker status",
      "  eventbus broker status --json",
    })
final class BrokerStatusCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<RunningBroker> brokers = found();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(document(brokers)));
    } else if (brokers.isEmpty()) {
      out.println("No broker runs that eventbus broker start has started.");
    } else {
      brokers.forEach(broker -> print(broker, out));
    }
    return ExitCode.OK;
  }

  private static List<RunningBroker> found() throws IOException {
    var states = StateDirectory.of(System.getenv());
    var brokers = new ArrayList<RunningBroker>();
    for (BrokerKind kind : BrokerKind.values()) {
      states.find(kind).filter(RunningBroker::isAlive).ifPresent(brokers::add);
    }
    return brokers;
  }

  private static void print(RunningBroker broker, PrintWriter out) {
    out.printf("%s, files in %s%n", broker.kind(), broker.directory());
    for (BrokerProcess process : broker.processes()) {
      String state = process.find().isPresent() ? "process " + process.pid() : "has ended";
      out.printf("  %s  %s  %s%n", process.name(), process.url(), state);
    }
    out.print(broker.exports());
  }

  private static JsonNode document(List<RunningBroker> brokers) {
    var document = Json.MAPPER.createArrayNode();
    for (RunningBroker broker : brokers) {
      var entry = document.addObject();
      entry.put("kind", broker.kind()).put("directory", broker.directory());
      var settings = entry.putObject("settings");
      broker.settings().forEach(settings::put);
      var nodes = entry.putArray("nodes");
      for (BrokerProcess process : broker.processes()) {
        nodes
            .addObject()
            .put("name", process.name())
            .put("url", process.url())
            .put("pid", process.pid())
            .put("running", process.find().isPresent());
      }
    }
    return document;
  }
}
