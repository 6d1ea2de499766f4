package dev.eventbus.conformance.member;

import dev.eventbus.conformance.history.HistoryEvent.ProcessContinued;
import dev.eventbus.conformance.history.HistoryEvent.ProcessGone;
import dev.eventbus.conformance.history.HistoryEvent.ProcessKilled;
import dev.eventbus.conformance.history.HistoryEvent.ProcessSuspended;
import dev.eventbus.conformance.history.Recorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A member that runs {@link MemberMain} in a process of its own. Used by one thread. Whatever
 * becomes of the test, the process ends: at {@link #close()}, or with this virtual machine.
 */
public final class MemberProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final List<String> FAST_START =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final String name;
  private final Recorder recorder;
  private final Process process;
  private final Path errors;
  private final StringBuilder answers = new StringBuilder();
  private boolean goneTold;

  private MemberProcess(String name, Recorder recorder, Process process, Path errors) {
    this.name = name;
    this.recorder = recorder;
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts the process and returns at once; see {@link #awaitReady()}.
   *
   * @param recorder takes what is done to the process
   */
  public static MemberProcess start(MemberSpec spec, List<String> jvmOptions, Recorder recorder)
      throws IOException {
    return start(MemberMain.class, spec, Map.of(), jvmOptions, recorder);
  }

  /** As above, with the member's settings in the environment of the process and nowhere else. */
  public static MemberProcess startByEnvironment(
      MemberSpec spec, List<String> jvmOptions, Recorder recorder) throws IOException {
    return start(MemberMain.class, spec.byEnvironment(), spec.settings(), jvmOptions, recorder);
  }

  /** Starts a process that publishes until it is killed, see {@link PublisherMain}. */
  public static MemberProcess startPublisher(
      MemberSpec spec, List<String> jvmOptions, Recorder recorder) throws IOException {
    return start(PublisherMain.class, spec, Map.of(), jvmOptions, recorder);
  }

  private static MemberProcess start(
      Class<?> main,
      MemberSpec spec,
      Map<String, String> environment,
      List<String> jvmOptions,
      Recorder recorder)
      throws IOException {
    Path directory = spec.history().toAbsolutePath().getParent();
    Path specFile = Files.createTempFile(directory, spec.name() + "-", ".properties");
    MemberSpecFile.write(spec, specFile);
    Path errors = Path.of(specFile.toString().replace(".properties", ".log"));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FAST_START);
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.add(specFile.toString());
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    ChildProcesses.endWithThisOne(process);
    return new MemberProcess(spec.name(), recorder, process, errors);
  }

  /** Its name in the history. */
  public String name() {
    return name;
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs, or is suspended. Writes down its end when it is seen for the first time. */
  public boolean isAlive() {
    if (process.isAlive()) {
      return true;
    }
    if (!goneTold) {
      goneTold = true;
      recorder.add(at -> new ProcessGone(at, pid(), process.exitValue()));
    }
    return false;
  }

  /** Waits until it has subscribed. */
  public MemberProcess awaitReady() {
    awaitAnswer(MemberMain.READY);
    return this;
  }

  /** Waits until it has subscribed, or is gone; answers whether it has. */
  public boolean awaitReadyOrGone() {
    try {
      awaitReady();
      return true;
    } catch (IllegalStateException ended) {
      return false;
    }
  }

  /** Calls {@code Subscription.pause()} and waits for its return. */
  public void pause() {
    command("pause");
    awaitAnswer(MemberMain.DONE + "pause");
  }

  /** Calls {@code Subscription.resume()} and waits for its return. */
  public void resume() {
    command("resume");
    awaitAnswer(MemberMain.DONE + "resume");
  }

  /** Asks for an orderly end and does not wait for it. */
  public void beginClose() {
    command("close");
  }

  /** Waits for the end that {@link #beginClose()} asked for. */
  public void awaitClosed() {
    awaitAnswer(MemberMain.DONE + "close");
    awaitGone();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    recorder.add(at -> new ProcessKilled(at, pid()));
    process.destroyForcibly();
    awaitGone();
  }

  /** Sends SIGSTOP. */
  public void suspend() {
    recorder.add(at -> new ProcessSuspended(at, pid()));
    signal("-STOP");
  }

  /** Sends SIGCONT. */
  public void proceed() {
    recorder.add(at -> new ProcessContinued(at, pid()));
    signal("-CONT");
  }

  /** Waits until the process is gone by itself. */
  public void awaitGone() {
    Awaitility.await(name + " to end").atMost(PATIENCE).until(() -> !isAlive());
  }

  /** Ends the process by force if it still runs. */
  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }

  private void command(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " takes no commands: " + errors(), e);
    }
  }

  private void awaitAnswer(String line) {
    Awaitility.await(name + " to answer " + line)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          boolean gone = !process.isAlive();
          readAnswers();
          if (answers.indexOf(line + "\n") >= 0) {
            return true;
          }
          if (gone) {
            throw new IllegalStateException(name + " ended instead: " + errors());
          }
          return false;
        });
    answers.setLength(0);
  }

  private void readAnswers() throws IOException {
    InputStream stream = process.getInputStream();
    int available = stream.available();
    if (available > 0) {
      answers.append(new String(stream.readNBytes(available), StandardCharsets.UTF_8));
    }
  }

  private String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(pid())).start();
      if (!kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill " + signal + " of " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
