package dev.eventbus.cli.demo;

import dev.eventbus.cli.CommandException;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.member.MemberSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the members, and again whichever has died. Used by one thread. */
final class Members implements AutoCloseable {

  private static final Duration WORK = Duration.ofMillis(1);
  private static final int NATIVE_ACCESS_IS_ASKED_FOR = 24;
  private static final int MOST_STARTS = 20;

  private final DemoPlace place;
  private final DemoTopic topic;
  private final Recorder recorder;
  private final List<MemberProcess> processes = new ArrayList<>();
  private int starts;

  Members(DemoPlace place, DemoTopic topic, Recorder recorder) {
    this.place = place;
    this.topic = topic;
    this.recorder = recorder;
  }

  static String name(int member) {
    return "member-" + (member + 1);
  }

  void start() throws IOException {
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      processes.add(launch(member));
    }
  }

  /** Starts again whoever has died. */
  void restartDead() throws IOException {
    for (int member = 0; member < processes.size(); member++) {
      if (!processes.get(member).isAlive()) {
        processes.set(member, launch(member));
      }
    }
  }

  /** Kills a member as {@code kill -9} does. */
  void kill(int member) {
    processes.get(member).kill();
  }

  /** Lets each member drain, and waits for their end. */
  void end() {
    processes.forEach(MemberProcess::beginClose);
    processes.forEach(MemberProcess::awaitClosed);
  }

  /** Ends by force whoever still runs. */
  @Override
  public void close() {
    processes.forEach(MemberProcess::close);
  }

  private MemberProcess launch(int member) throws IOException {
    starts++;
    if (starts > MOST_STARTS) {
      throw new CommandException(
          "members keep dying; their output is in " + place.directory() + " in the .log files");
    }
    // A file for each process: the last line of one that was killed may be torn.
    var history = place.directory().resolve(name(member) + "-" + starts + ".jsonl");
    var spec = new MemberSpec(
        name(member),
        place.settings(),
        topic.name(),
        DemoTopic.GROUP,
        DemoTopic.options(),
        HandlerKind.BLOCKING,
        WORK,
        history);
    List<String> options = Runtime.version().feature() >= NATIVE_ACCESS_IS_ASKED_FOR
        ? List.of("--enable-native-access=ALL-UNNAMED")
        : List.of();
    return MemberProcess.start(spec, options, recorder);
  }
}
