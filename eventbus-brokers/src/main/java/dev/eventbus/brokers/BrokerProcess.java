package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of a broker, whose output goes to a file. Safe for use by several threads. */
final class BrokerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);
  private static final long SIGNAL_LIMIT_SECONDS = 10;

  private final Process process;
  private final LogPart log;

  private BrokerProcess(Process process, LogPart log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the command; its output is added to the log. */
  static BrokerProcess launch(List<String> command, Path log) {
    try {
      LogPart part = LogPart.fromEndOf(log);
      var builder = new ProcessBuilder(inSessionOfItsOwn(command))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process process = builder.start();
      process.getOutputStream().close();
      return new BrokerProcess(process, part);
    } catch (IOException e) {
      throw new BrokerException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  /** Where the system has setsid, Ctrl-C on the terminal reaches this process alone. */
  private static List<String> inSessionOfItsOwn(List<String> command) {
    return Commands.onPath(System.getenv("PATH"), "setsid")
        .map(setsid ->
            Stream.concat(Stream.of(setsid.toString()), command.stream()).toList())
        .orElse(command);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written, from its start on. */
  String output() {
    return log.text();
  }

  /** The last lines that it has written. */
  String tail() {
    return log.tail();
  }

  /** Whether it has ended within that time. */
  boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while waiting for process " + pid(), e);
    }
  }

  /** SIGTERM; does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end, and after the limit {@link #kill()}. */
  void awaitEndOrKill(Duration limit) {
    if (!awaitEnd(limit)) {
      LOG.warn("process {} did not end within {} s and is killed", pid(), limit.toSeconds());
      kill();
    }
  }

  /** SIGKILL; returns when it has ended, even if interrupted. */
  void kill() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGSTOP. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT; nothing changes for a process that runs. */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      // The shell's own kill: not every system has one as a program.
      Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      if (!kill.waitFor(SIGNAL_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
        throw new BrokerException("kill -" + name + " of process " + pid() + " does not end");
      }
      if (kill.exitValue() != 0 && isAlive()) {
        throw new BrokerException("kill -" + name + " of process " + pid() + " failed");
      }
    } catch (IOException e) {
      throw new BrokerException("kill -" + name + " needs a shell: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while sending " + name, e);
    }
  }
}
