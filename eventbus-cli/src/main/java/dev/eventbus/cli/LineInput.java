package dev.eventbus.cli;

import dev.eventbus.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Each line is a payload, byte for byte; an empty line is an empty payload. */
final class LineInput implements Input {

  private final ByteLines lines;
  private final EventTemplate template;

  LineInput(ByteLines lines, EventTemplate template) {
    this.lines = lines;
    this.template = template;
  }

  @Override
  public @Nullable Event next() throws IOException, BadInputException {
    byte[] line = lines.next();
    if (line == null) {
      return null;
    }
    String key = template.keyOf(new String(line, StandardCharsets.UTF_8));
    return template.start().key(key).payload(line).build();
  }

  @Override
  public String where() {
    return "line " + lines.number();
  }
}
