package dev.eventbus.driver.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@link ChildMain} and keeps what it says. */
final class Child implements AutoCloseable {

  private final List<String> lines = new ArrayList<>();
  private final Process process;
  private final Thread reader = new Thread(this::read, "child-output");

  Child(Path file, String mode, String... more) throws IOException {
    this(Map.of(), List.of(), file, mode, more);
  }

  Child(
      Map<String, String> environment, List<String> options, Path file, String mode, String... more)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ChildMain.class.getName(), mode, file.toString()));
    command.addAll(List.of(more));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = in.readLine();
      while (line != null) {
        synchronized (lines) {
          lines.add(line);
        }
        line = in.readLine();
      }
    } catch (IOException cut) {
      throw new UncheckedIOException(cut);
    }
  }

  /** What it has said that begins so. */
  List<String> said(String start) {
    synchronized (lines) {
      return lines.stream().filter(line -> line.startsWith(start)).toList();
    }
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Sends a signal, such as STOP or CONT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Tells it to close its driver and end. */
  void quit() throws IOException {
    process.getOutputStream().write('q');
    process.getOutputStream().flush();
  }

  /** Waits until it has ended and all that it said is here. */
  void awaitEnd() throws InterruptedException {
    process.waitFor(20, TimeUnit.SECONDS);
    reader.join(20_000);
  }

  @Override
  public void close() {
    kill();
    Drivers.get(process.onExit());
  }
}
