package dev.eventbus.driver.nats;

import dev.eventbus.spi.Position;
import org.jspecify.annotations.Nullable;

/**
 * What the broker knows of a message beside its bytes.
 *
 * @param position where it stands
 * @param epochNanos when it was stored or came in, in nanoseconds since 1970
 * @param subjectKey the key that its subject names, or null
 */
record Stored(Position position, long epochNanos, @Nullable String subjectKey) {}
