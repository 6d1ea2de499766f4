package dev.eventbus.cli.demo;

import dev.eventbus.cli.CommandException;
import dev.eventbus.conformance.history.HistoryEvent.ProcessGone;
import dev.eventbus.conformance.history.HistoryEvent.ProcessKilled;
import dev.eventbus.conformance.history.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts the members, and again whichever has died. One thread calls it, but for {@link #abandon}.
 */
final class Members {

  private static final int NATIVE_ACCESS_IS_ASKED_FOR = 24;
  private static final int MOST_STARTS = 20;

  private final Path directory;
  private final DemoTopic topic;
  private final DemoPlan plan;
  private final Map<String, String> environment;
  private final Recorder recorder;
  private final List<Process> running = new ArrayList<>();
  private int starts;
  private volatile boolean abandoned;

  Members(
      Path directory,
      DemoTopic topic,
      DemoPlan plan,
      Map<String, String> environment,
      Recorder recorder) {
    this.directory = directory;
    this.topic = topic;
    this.plan = plan;
    this.environment = environment;
    this.recorder = recorder;
  }

  static String name(int member) {
    return "member-" + (member + 1);
  }

  void start() throws IOException {
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      Process process = launch(member);
      synchronized (running) {
        running.add(process);
      }
    }
  }

  /** Starts again whoever has died. */
  void restartDead() throws IOException {
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      Process process = running.get(member);
      if (!process.isAlive()) {
        recordGone(process);
        Process next = launch(member);
        synchronized (running) {
          running.set(member, next);
        }
      }
    }
  }

  long pid(int member) {
    return running.get(member).pid();
  }

  /** Kills a member as {@code kill -9} does. */
  void kill(int member) {
    Process process = running.get(member);
    recorder.add(at -> new ProcessKilled(at, process.pid()));
    process.destroyForcibly();
  }

  /** Lets each member end in good order. */
  void end(Duration limit) throws IOException, InterruptedException {
    for (Process process : running) {
      process.getOutputStream().close();
    }
    long end = System.nanoTime() + limit.toNanos();
    for (Process process : running) {
      if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        recorder.add(at -> new ProcessKilled(at, process.pid()));
        process.destroyForcibly().waitFor();
      }
      recordGone(process);
    }
  }

  /** Ends all of them at once and starts none any more. */
  void abandon() {
    abandoned = true;
    synchronized (running) {
      running.forEach(Process::destroyForcibly);
    }
  }

  private void recordGone(Process process) {
    recorder.add(at -> new ProcessGone(at, process.pid(), process.exitValue()));
  }

  private Process launch(int member) throws IOException {
    if (++starts > MOST_STARTS) {
      throw new CommandException(
          "members keep dying; their output is in " + directory + " in the .log files");
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Short lives: what starts fast is worth more than what runs fast in the end.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    if (Runtime.version().feature() >= NATIVE_ACCESS_IS_ASKED_FOR) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(DemoMember.arguments(name(member), directory, topic, plan));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var log = directory.resolve(name(member) + ".log").toFile();
    Process process =
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    if (abandoned) {
      process.destroyForcibly();
    }
    return process;
  }
}
