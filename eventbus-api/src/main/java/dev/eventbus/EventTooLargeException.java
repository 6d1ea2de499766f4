package dev.eventbus;

/** An event is larger than the broker takes (P5). */
public final class EventTooLargeException extends EventBusException {
  private static final long serialVersionUID = 1L;

  private final long size;
  private final long limit;

  /** Sizes in bytes as the driver counts them; the source names the setting that limits. */
  public EventTooLargeException(String topic, long size, long limit, String source) {
    super(
        BusError.EVENT_TOO_LARGE,
        "The event for topic %s has %d bytes, but the limit is %d (%s): make it smaller or raise the limit."
            .formatted(topic, size, limit, source),
        null);
    this.size = size;
    this.limit = limit;
  }

  /** The event's size in bytes, as the driver counts it. */
  public long size() {
    return size;
  }

  /** The limit in bytes. */
  public long limit() {
    return limit;
  }
}
