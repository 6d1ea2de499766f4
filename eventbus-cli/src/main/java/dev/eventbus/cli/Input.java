package dev.eventbus.cli;

import dev.eventbus.Event;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Events to publish, one after another. Not thread-safe. */
interface Input {

  /**
   * The next event, or null at the end.
   *
   * @throws BadInputException if the next piece is no event; the call after it goes on behind it
   */
  @Nullable
  Event next() throws IOException, BadInputException;

  /** Where the last one came from, such as {@code line 3}. */
  String where();
}
