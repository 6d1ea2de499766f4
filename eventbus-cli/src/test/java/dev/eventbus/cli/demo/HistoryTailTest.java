package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTailTest {

  @TempDir
  private Path directory;

  @Test
  void eachWholeLineComesOnce() throws IOException {
    var tail = new HistoryTail(directory);
    append("a.jsonl", "{\"n\":1}\n{\"n\":2}\n{\"n\":");
    append("b.jsonl", "{\"n\":10}\n");
    append("a.log", "not a history\n");

    assertThat(read(tail)).containsExactly(1, 2, 10);
    assertThat(read(tail)).isEmpty();

    append("a.jsonl", "3}\n");

    assertThat(read(tail)).containsExactly(3);
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(
        directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<Integer> read(HistoryTail tail) throws IOException {
    var numbers = new ArrayList<Integer>();
    tail.read(line -> numbers.add(line.path("n").asInt()));
    return numbers;
  }
}
