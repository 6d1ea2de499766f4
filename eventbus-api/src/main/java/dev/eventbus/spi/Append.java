package dev.eventbus.spi;

import dev.eventbus.Event;

/**
 * One event to store.
 *
 * @param lane where: the engine has hashed the key, or taken the next lane
 * @param event what
 * @param id names this call to the broker's deduplication; the same again when it is retried
 */
public record Append(int lane, Event event, MessageId id) {}
