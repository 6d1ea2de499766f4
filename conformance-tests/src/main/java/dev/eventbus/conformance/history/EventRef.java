package dev.eventbus.conformance.history;

import org.jspecify.annotations.Nullable;

/**
 * Names a published event in a history.
 *
 * @param topic where it was published
 * @param key its key, or null
 * @param number its place in the calls of its key, growing
 * @param id the event's id, unique in a history
 */
public record EventRef(String topic, @Nullable String key, long number, String id) {

  @Override
  public String toString() {
    return topic + "/" + (key == null ? "(no key)" : key) + "#" + number;
  }
}
