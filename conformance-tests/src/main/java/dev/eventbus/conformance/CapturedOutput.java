package dev.eventbus.conformance;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Reads along what this process prints, logs included, until it is closed. */
final class CapturedOutput implements AutoCloseable {

  private final PrintStream out = System.out;
  private final PrintStream errors = System.err;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  CapturedOutput() {
    System.setOut(both(out));
    System.setErr(both(errors));
  }

  private PrintStream both(PrintStream original) {
    var stream = new OutputStream() {
      @Override
      public void write(int octet) {
        original.write(octet);
        copy.write(octet);
      }
    };
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  String text() {
    return copy.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(errors);
  }
}
