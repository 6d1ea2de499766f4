package dev.eventbus.conformance.history;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Follows the histories of a directory while they are written. Used by one thread. */
public final class HistoryTail {

  private final Path directory;
  private final Map<Path, Long> read = new HashMap<>();

  /** Follows every {@code *.jsonl} file, those to come included. */
  public HistoryTail(Path directory) {
    this.directory = directory;
  }

  /** The lines that were completed since the last call; those of one file in their order. */
  public List<HistoryEvent> readOn() {
    var lines = new ArrayList<HistoryEvent>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        readOn(file, lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.sort(HistoryReader.BY_TIME);
    return lines;
  }

  private void readOn(Path file, List<HistoryEvent> lines) throws IOException {
    long from = read.getOrDefault(file, 0L);
    if (Files.size(file) <= from) {
      return;
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      var bytes = new byte[Math.toIntExact(in.length() - from)];
      in.readFully(bytes);
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          lines.add(
              HistoryJson.decode(new String(bytes, start, i - start, StandardCharsets.UTF_8)));
          start = i + 1;
        }
      }
      read.put(file, from + start);
    }
  }
}
