package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Events that another program has inserted into the view {@code raw}: they have a payload, perhaps a
 * key, and no checksum. Their {@code meta} is the format number 2, or 3 and the key in UTF-8.
 */
final class RawEvents {

  /** In place of a checksum, which is never negative. */
  static final long UNCHECKED = -1;

  private static final int WITHOUT_KEY = 2;
  private static final int WITH_KEY = 3;

  private RawEvents() {}

  static boolean isRaw(byte[] meta) {
    return meta.length > 0 && (meta[0] == WITHOUT_KEY || meta[0] == WITH_KEY);
  }

  /** The event; its id is its place, so that it is the same each time. */
  static Event decode(byte[] meta, byte[] body, long pos, long at) {
    var event = Event.builder()
        .id("raw-" + (pos >> Schema.OFFSET_BITS) + "-" + Schema.offset(pos))
        .time(Instant.ofEpochMilli(at))
        .payload(body);
    if (meta[0] == WITH_KEY) {
      event.key(new String(meta, 1, meta.length - 1, StandardCharsets.UTF_8));
    }
    return event.build();
  }
}
