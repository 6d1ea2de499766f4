package dev.eventbus.cli.broker;

import dev.eventbus.brokers.LocalBroker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A broker that was started here.
 *
 * @param kind its kind's id
 * @param directory its files
 * @param settings what a bus connects with
 * @param processes one for each node
 */
record RunningBroker(
    String kind, String directory, Map<String, String> settings, List<BrokerProcess> processes) {

  RunningBroker {
    settings = new TreeMap<>(settings);
    processes = List.copyOf(processes);
  }

  static RunningBroker of(LocalBroker broker, String directory) {
    return new RunningBroker(
        broker.kind(),
        directory,
        broker.settings(),
        broker.nodes().stream().map(BrokerProcess::of).toList());
  }

  /** Whether a process of it lives. */
  boolean isAlive() {
    return processes.stream().anyMatch(process -> process.find().isPresent());
  }

  /** The settings as a shell takes them, a line each. */
  String exports() {
    var lines = new StringBuilder();
    settings.forEach((name, value) -> lines.append("export %s=%s%n".formatted(name, value)));
    return lines.toString();
  }
}
