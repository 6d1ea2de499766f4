package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTailTest {

  @TempDir
  private Path directory;

  @Test
  void eachWholeLineComesOnceAndByTime() throws IOException {
    var tail = new HistoryTail(directory);
    append("a.jsonl", "{\"nanos\":1}\n{\"nanos\":20}\n{\"nanos\":");
    append("b.jsonl", "{\"nanos\":10}\n");
    append("a.log", "not a history\n");

    assertThat(read(tail)).containsExactly(1, 10, 20);
    assertThat(read(tail)).isEmpty();

    append("a.jsonl", "3}\n");

    assertThat(read(tail)).containsExactly(3);
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(
        directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<Integer> read(HistoryTail tail) throws IOException {
    return tail.read().stream().map(line -> line.path("nanos").asInt()).toList();
  }
}
