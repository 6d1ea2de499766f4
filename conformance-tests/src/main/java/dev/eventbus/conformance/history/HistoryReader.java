package dev.eventbus.conformance.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads histories back. A last line that a kill has torn is left out. */
public final class HistoryReader {

  /** The order of a merged history. */
  public static final Comparator<HistoryEvent> BY_TIME =
      Comparator.comparingLong(event -> event.at().nanos());

  private HistoryReader() {}

  /** One history of every {@code *.jsonl} file in a directory, by time. */
  public static List<HistoryEvent> readDirectory(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return read(
          files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One history of several files, by time; each file keeps its own order among equal times. */
  public static List<HistoryEvent> read(Collection<Path> files) {
    var merged = new ArrayList<HistoryEvent>();
    for (Path file : files) {
      readInto(merged, file);
    }
    merged.sort(BY_TIME);
    return merged;
  }

  private static void readInto(List<HistoryEvent> merged, Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int from = 0;
      int end;
      while ((end = text.indexOf('\n', from)) >= 0) {
        merged.add(HistoryJson.decode(text.substring(from, end)));
        from = end + 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("history " + file, e);
    }
  }
}
