package dev.eventbus.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is added to a file from some moment on. */
record LogPart(Path file, long from) {

  private static final int MOST_BYTES = 64 * 1024;
  private static final int TAIL_LINES = 15;

  static LogPart fromEndOf(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new LogPart(file, Files.exists(file) ? Files.size(file) : 0);
  }

  /** The first 64 KiB of it; empty if there is nothing yet. */
  String text() {
    return read(from);
  }

  /** Its last lines. */
  String tail() {
    try {
      List<String> lines =
          read(Math.max(from, Files.size(file) - MOST_BYTES)).lines().toList();
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(long position) {
    if (!Files.exists(file)) {
      return "";
    }
    var bytes = ByteBuffer.allocate(MOST_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(position);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // until the end of the file
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
