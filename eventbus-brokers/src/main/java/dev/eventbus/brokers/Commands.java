package dev.eventbus.brokers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs that run and end. */
final class Commands {

  private Commands() {}

  /** The first executable file of that name in the directories of a {@code PATH}. */
  static Optional<Path> onPath(@Nullable String path, String name) {
    return Stream.ofNullable(path)
        .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** Runs a program to its end and takes what it prints. */
  static Result run(ProcessBuilder builder, Duration limit) throws IOException {
    Path output = Files.createTempFile("eventbus-brokers", ".out");
    try {
      Process process =
          builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      process.getOutputStream().close();
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(
              builder.command().get(0) + " did not end within " + limit.toSeconds() + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BrokerException("interrupted while " + builder.command().get(0) + " runs", e);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  record Result(int exitCode, String output) {}
}
