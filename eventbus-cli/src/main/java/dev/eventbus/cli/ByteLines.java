package dev.eventbus.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream at line ends (LF or CR LF) and leaves the bytes as they are. */
final class ByteLines {

  private final InputStream stream;
  private long number;

  ByteLines(InputStream stream) {
    this.stream = new BufferedInputStream(stream, 1 << 16);
  }

  /** The next line without its end, or null after the last one. */
  byte @Nullable [] next() throws IOException {
    var line = new ByteArrayOutputStream();
    int read = stream.read();
    if (read < 0) {
      return null;
    }
    number++;
    while (read >= 0 && read != '\n') {
      line.write(read);
      read = stream.read();
    }
    byte[] bytes = line.toByteArray();
    boolean carriageReturn = read == '\n' && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return carriageReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  /** The number of the last line, from 1. */
  long number() {
    return number;
  }
}
