package dev.eventbus.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eventbus.cli.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Follows the histories of a directory while they are written. */
final class HistoryTail {

  private final Path directory;
  private final Map<Path, Long> positions = new HashMap<>();

  HistoryTail(Path directory) {
    this.directory = directory;
  }

  /** Each whole line that is new, by time. */
  List<JsonNode> read() throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (Path file : histories()) {
      long position = positions.getOrDefault(file, 0L);
      positions.put(file, readFrom(file, position, lines));
    }
    lines.sort(Comparator.comparingLong(line -> line.path("nanos").asLong()));
    return lines;
  }

  private List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static long readFrom(Path file, long position, List<JsonNode> lines) throws IOException {
    try (var reader = new RandomAccessFile(file.toFile(), "r")) {
      byte[] fresh = new byte[(int) Math.min(Integer.MAX_VALUE - 8, reader.length() - position)];
      reader.seek(position);
      reader.readFully(fresh);
      int from = 0;
      for (int i = 0; i < fresh.length; i++) {
        if (fresh[i] == '\n') {
          lines.add(Json.MAPPER.readTree(fresh, from, i - from));
          from = i + 1;
        }
      }
      return position + from;
    }
  }
}
