package dev.eventbus.conformance.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Appends a history to a file: each line is one write to the operating system, so a process that is
 * killed loses no line that was added before. A stream and not a channel: an interrupt of a handler
 * must not close it.
 */
public final class HistoryWriter implements HistorySink, AutoCloseable {

  private final Object lock = new Object();
  private final FileOutputStream out;

  /** Opens the file for appending. */
  public HistoryWriter(Path file) throws IOException {
    this.out = new FileOutputStream(file.toFile(), true);
  }

  @Override
  public void add(HistoryEvent event) {
    byte[] line = (HistoryJson.encode(event) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (lock) {
      try {
        out.write(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
