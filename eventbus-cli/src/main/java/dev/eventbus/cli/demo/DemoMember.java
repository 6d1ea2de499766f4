package dev.eventbus.cli.demo;

import dev.eventbus.EventBus;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.Phase;
import dev.eventbus.conformance.history.HistoryWriter;
import dev.eventbus.conformance.history.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A member of the demo's group, in a process of its own. It ends in good order when its stdin ends,
 * so it never outlives the process that started it.
 */
public final class DemoMember {

  private DemoMember() {}

  /** Takes what {@link #arguments} made. */
  public static void main(String... args) throws Exception {
    String name = args[0];
    Path directory = Path.of(args[1]);
    var topic = new DemoTopic(args[2]);
    var plan =
        DemoPlan.of(Long.parseLong(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5]));
    // A file for each process: the last line of one that was killed may be torn.
    var file = directory.resolve(name + "-" + ProcessHandle.current().pid() + ".jsonl");
    try (var history = new HistoryWriter(file)) {
      run(plan, topic, new Recorder(name, history));
    }
  }

  /** The command line of a member. */
  static List<String> arguments(String name, Path directory, DemoTopic topic, DemoPlan plan) {
    return List.of(
        DemoMember.class.getName(),
        name,
        directory.toString(),
        topic.name(),
        Long.toString(plan.seed()),
        Integer.toString(plan.events()),
        Integer.toString(plan.keys()));
  }

  private static void run(DemoPlan plan, DemoTopic topic, Recorder recorder) throws IOException {
    var options = DemoTopic.options().withListener(new RecordingListener(topic, recorder));
    var handler = new DemoHandler(plan, topic, recorder);
    try (EventBus bus = EventBus.connect()) {
      var subscription = bus.subscribe(topic.name(), DemoTopic.GROUP, handler, options);
      recorder.add(at ->
          new HistoryEvent.MemberStarted(at, topic.name(), DemoTopic.GROUP, HandlerKind.BLOCKING));
      while (System.in.read() >= 0) {
        // Nothing is said; only the end counts.
      }
      recorder.add(at -> new HistoryEvent.MemberCall(at, Call.CLOSE, Phase.CALLED));
      subscription.close();
      recorder.add(at -> new HistoryEvent.MemberCall(at, Call.CLOSE, Phase.RETURNED));
    }
    recorder.add(HistoryEvent.MemberStopped::new);
  }
}
