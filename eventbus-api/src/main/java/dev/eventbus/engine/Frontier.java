package dev.eventbus.engine;

import dev.eventbus.spi.Position;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The span of a lane: every event from its lowest unsettled to its highest arrived one, in log
 * order, and the floor below it.
 *
 * <p>Invariants: the floor never goes back; the first slot is not settled.
 */
final class Frontier {

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private @Nullable Position floor;
  private int settledAhead;

  Frontier(@Nullable Position floor) {
    this.floor = floor;
  }

  void add(Slot slot) {
    slots.add(slot);
    if (slot.state == Slot.State.SETTLED) {
      settledAhead++;
      advance();
    }
  }

  /** Marks a slot settled and lets the floor pass what is contiguous. */
  void settle(Slot slot) {
    slot.state = Slot.State.SETTLED;
    slot.content = null;
    settledAhead++;
    advance();
  }

  private void advance() {
    Slot first = slots.peek();
    while (first != null && first.state == Slot.State.SETTLED) {
      floor = first.position;
      settledAhead--;
      slots.remove();
      first = slots.peek();
    }
  }

  @Nullable
  Position floor() {
    return floor;
  }

  @Nullable
  Slot lowest() {
    return slots.peek();
  }

  @Nullable
  Slot find(Position position) {
    for (Slot slot : slots) {
      if (slot.position.equals(position)) {
        return slot;
      }
    }
    return null;
  }

  /** In log order. */
  Iterable<Slot> slots() {
    return slots;
  }

  int span() {
    return slots.size();
  }

  int settledAhead() {
    return settledAhead;
  }

  int unsettled() {
    return slots.size() - settledAhead;
  }
}
