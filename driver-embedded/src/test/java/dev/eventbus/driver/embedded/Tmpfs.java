package dev.eventbus.driver.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small file system of its own; the test is skipped where we may not mount one. */
final class Tmpfs implements AutoCloseable {

  private final Path folder;

  Tmpfs(Path folder, String options) throws Exception {
    this.folder = folder;
    assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs") == 0, "mount is not permitted");
  }

  void remount(String options) throws Exception {
    assumeTrue(run("mount", "-o", "remount," + options) == 0, "remount is not permitted");
  }

  private int run(String... command) throws Exception {
    var words = new ArrayList<>(List.of(command));
    words.add(folder.toString());
    try {
      return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
    } catch (IOException noSuchCommand) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    Drivers.get(new ProcessBuilder("umount", "-l", folder.toString())
        .inheritIO()
        .start()
        .onExit());
  }
}
