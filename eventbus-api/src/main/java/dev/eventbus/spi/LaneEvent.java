package dev.eventbus.spi;

import dev.eventbus.Event;
import java.util.Map;

/** An event read from a lane. */
public sealed interface LaneEvent {

  /** Where it stands. */
  Position position();

  /** Payload bytes, as counted by {@link Lane#request}. */
  int bytes();

  /** An event that could be decoded. */
  record Decoded(Position position, Event event) implements LaneEvent {
    @Override
    public int bytes() {
      return event.payload().length;
    }
  }

  /**
   * One that could not (R6): the engine puts it to the dead letters as it is.
   *
   * @param position where it stands
   * @param raw the stored bytes
   * @param headers what could be read of its headers
   * @param reason why it could not be decoded
   */
  @SuppressWarnings("ArrayRecordComponent") // an event in transit, never compared
  record Undecodable(Position position, byte[] raw, Map<String, String> headers, String reason)
      implements LaneEvent {
    @Override
    public int bytes() {
      return raw.length;
    }
  }
}
