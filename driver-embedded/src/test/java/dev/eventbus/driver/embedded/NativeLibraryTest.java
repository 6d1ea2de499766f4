package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native library is extracted once, whoever starts and however it ends. */
class NativeLibraryTest {

  @TempDir
  private Path folder;

  private List<String> below(String name) throws Exception {
    Path root = folder.resolve(name);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(each -> each.getFileName().toString())
          .toList();
    }
  }

  @Test
  void killedProcessesThatStartAtOnceLeaveOneCopy() throws Exception {
    Files.createDirectory(folder.resolve("tmp"));
    var children = new ArrayList<Child>();
    for (int i = 0; i < 3; i++) {
      children.add(new Child(
          Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
          List.of("-Djava.io.tmpdir=" + folder.resolve("tmp")),
          folder.resolve("bus.db"),
          "member",
          "g",
          "30000"));
    }
    for (Child child : children) {
      await().until(() -> !child.said("ready").isEmpty());
      child.close();
    }
    assertThat(below("cache")).hasSize(1).first().asString().contains("sqlitejdbc");
    assertThat(below("tmp")).noneMatch(name -> name.contains("sqlite"));
  }

  @Test
  void aCacheThatCannotBeWrittenIsDoneWithout() throws Exception {
    Files.writeString(folder.resolve("file"), "in the way");
    Files.createDirectory(folder.resolve("tmp"));
    try (Child child = new Child(
        Map.of("XDG_CACHE_HOME", folder.resolve("file").toString()),
        List.of("-Djava.io.tmpdir=" + folder.resolve("tmp")),
        folder.resolve("bus.db"),
        "member",
        "g",
        "30000")) {
      await().until(() -> !child.said("ready").isEmpty());
      assertThat(below("tmp")).anyMatch(name -> name.contains("sqlite"));
    }
  }
}
