package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored events of one lane of the model's broker. Positions have gaps, as real ones do. */
final class ModelLog {

  /** A stored event. */
  record Stored(Position position, Event event) {}

  private final List<Stored> events = new ArrayList<>();
  private final Map<String, Position> byId = new HashMap<>();
  private long next = 1;

  /** Stores an event once for each id. */
  Position append(Event event, MessageId id, long gap) {
    Position known = byId.get(id.text());
    if (known != null) {
      return known;
    }
    next += gap;
    var position = Position.of(next++);
    events.add(new Stored(position, event));
    byId.put(id.text(), position);
    return position;
  }

  List<Stored> events() {
    return events;
  }
}
