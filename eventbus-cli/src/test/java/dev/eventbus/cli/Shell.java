package dev.eventbus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as processes of their own, as a shell does. */
final class Shell {

  private static final int LIMIT_SECONDS = 120;

  private final Path directory;
  private final Map<String, String> environment;
  private final List<String> unset;

  /** Commands run in the directory, with the environment changed as given. */
  Shell(Path directory, Map<String, String> environment, List<String> unset) {
    this.directory = directory;
    this.environment = environment;
    this.unset = unset;
  }

  /** What a command said and how it ended. */
  record Result(int exitCode, String out, String err) {}

  /** A command that runs. */
  record Running(Process process, Path out, Path err) {

    String outSoFar() throws IOException {
      return Files.readString(out);
    }

    String errSoFar() throws IOException {
      return Files.readString(err);
    }

    Result await() throws IOException, InterruptedException {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still runs after " + LIMIT_SECONDS + " s: " + errSoFar());
      }
      return new Result(process.exitValue(), outSoFar(), errSoFar());
    }
  }

  Result run(String stdin, List<String> command) throws IOException, InterruptedException {
    Running running = start(command);
    try (var input = running.process().outputWriter()) {
      input.write(stdin);
    }
    return running.await();
  }

  Running start(List<String> command) throws IOException {
    Path out = Files.createTempFile(directory, "out-", ".txt");
    Path err = Files.createTempFile(directory, "err-", ".txt");
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    unset.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }
}
