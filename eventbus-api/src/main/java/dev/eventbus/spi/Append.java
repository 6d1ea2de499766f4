package dev.eventbus.spi;

import dev.eventbus.Event;
import java.time.Duration;

/**
 * One event to store.
 *
 * @param lane where: the engine has hashed the key, or taken the next lane
 * @param event what
 * @param id names this call to the broker's deduplication; the same again when it is retried
 * @param delay how long it is held back before groups get it (P9); zero for not at all, and always
 *     zero where {@link dev.eventbus.Capabilities#notOffered()} names P9. It counts from this call,
 *     or from the call that is repeated. The event takes its place in its lane when it is due
 */
public record Append(int lane, Event event, MessageId id, Duration delay) {

  /** One that is not held back. */
  public Append(int lane, Event event, MessageId id) {
    this(lane, event, id, Duration.ZERO);
  }
}
