package dev.eventbus;

/** A topic has another number of lanes than the settings ask for: keys would move (S9). */
public final class LaneCountException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** Names both numbers. */
  public LaneCountException(String topic, int stored, int wanted) {
    super(
        BusError.LANE_COUNT,
        "Topic %s has %d lanes, but %s is %d: unset it or set it to %d; the lanes of a topic never change."
            .formatted(topic, stored, Settings.LANES, wanted, stored),
        null);
  }
}
