package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An append on its way to the log; after the handing over used by the log writer's thread alone. */
final class PendingAppend {

  private static final byte[] NONE = {};

  final LaneSlot slot;
  final Event event;
  final CompletableFuture<Position> stage = new CompletableFuture<>();

  /** Set for a dead letter, which is stored once. */
  final @Nullable String uniqueId;

  byte[] meta = NONE;
  long crc;
  long offset;

  PendingAppend(LaneSlot slot, Event event, MessageId id) {
    this.slot = slot;
    this.event = event;
    this.uniqueId = id instanceof MessageId.DeadLetter ? id.text() : null;
  }

  void encode(EventCodec codec) {
    meta = codec.encode(event);
    crc = codec.checksum(meta, event.payload());
  }

  int size() {
    return meta.length + event.payload().length;
  }
}
