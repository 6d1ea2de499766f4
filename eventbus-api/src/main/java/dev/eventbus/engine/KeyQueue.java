package dev.eventbus.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The unsettled events of one key in one lane, in log order. Only its head may be in a handler
 * (O1); it leaves when it is settled.
 */
final class KeyQueue {

  private final ArrayDeque<Slot> slots = new ArrayDeque<>(2);
  private long added;
  private long removed;

  /** Adds behind the others and gives the slot its number within the key. */
  void add(Slot slot) {
    slot.numberInKey = added++;
    slots.add(slot);
  }

  /** Takes the settled head away and returns the next one, or null. */
  @Nullable
  Slot advance() {
    slots.remove();
    removed++;
    return slots.peek();
  }

  /** How many unsettled events of the key come before this one. */
  long depthOf(Slot slot) {
    return slot.numberInKey - removed;
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }
}
