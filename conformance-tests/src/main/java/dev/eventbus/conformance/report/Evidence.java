package dev.eventbus.conformance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for histories and logs, below the report. */
public final class Evidence {

  private Evidence() {}

  /** An empty directory of this name: what an earlier run left there is removed. */
  public static Path fresh(String name) {
    Path directory = ReportExtension.directory().resolve("evidence").resolve(name);
    try {
      if (Files.exists(directory)) {
        remove(directory);
      }
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
