package dev.eventbus;

/** The failures of the bus itself; each driver has its own list beside it. */
public enum BusError implements ErrorCode {
  /** {@link UnknownDriverException}. */
  UNKNOWN_DRIVER("unknown-driver"),
  /** {@link SettingException}. */
  BAD_SETTING("bad-setting"),
  /** {@link TopicNameException}. */
  TOPIC_NAME("topic-name"),
  /** {@link GroupNameException}. */
  GROUP_NAME("group-name"),
  /** {@link LaneCountException}. */
  LANE_COUNT("lane-count"),
  /** {@link InvalidEventException}. */
  INVALID_EVENT("invalid-event"),
  /** {@link EventTooLargeException}. */
  EVENT_TOO_LARGE("event-too-large"),
  /** {@link PublishTimeoutException}. */
  PUBLISH_TIMEOUT("publish-timeout"),
  /** {@link PublishFailedException}. */
  PUBLISH_FAILED("publish-failed"),
  /** {@link UnsupportedCapabilityException}. */
  NOT_OFFERED("not-offered");

  private final String id;

  BusError(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
