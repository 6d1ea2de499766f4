package dev.eventbus.driver.nats;

import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import io.nats.client.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits for the engine. Where the connection had to change its headers so that the
 * client takes them, it waits for its true bytes too, and all that are behind it with it.
 */
final class Arrival {

  private final Stored stored;
  private final Message message;
  private @Nullable LaneEvent event;

  Arrival(Stored stored, Message message) {
    this.stored = stored;
    this.message = message;
    if (!AsciiHeaders.everMended() || !mayDiffer()) {
      event = asReceived();
    }
  }

  private boolean mayDiffer() {
    return message.hasHeaders() && AsciiHeaders.maybeChanged(message.getHeaders());
  }

  private LaneEvent asReceived() {
    return EventWire.read(stored, data(), message.getHeaders());
  }

  private byte[] data() {
    return Objects.requireNonNullElse(message.getData(), new byte[0]);
  }

  Position position() {
    return stored.position();
  }

  int bytes() {
    return data().length;
  }

  /** The event, or null while its true bytes are not here. */
  @Nullable
  LaneEvent event() {
    return event;
  }

  /** Its true bytes; null when they are gone, and what came must do. */
  void mend(@Nullable StoredMessage original) {
    event = original == null
        ? asReceived()
        : EventWire.readRaw(stored, original.data(), original.headers());
  }
}
