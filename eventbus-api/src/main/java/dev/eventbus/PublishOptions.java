package dev.eventbus;

import java.time.Duration;

/**
 * How one event is published. Start from {@link #defaults()} and change what differs.
 *
 * @param deliverAfter how long the event is held back before any group gets it (P9); default zero,
 *     at most 365 days. The event takes its place in its key's order when it becomes due, not when
 *     it was published. A publish is confirmed when the broker has it, not when it is due. Not every
 *     broker can: see {@link Capabilities#notOffered()}
 */
public record PublishOptions(Duration deliverAfter) {

  /** The longest that an event may be held back. */
  public static final Duration MAX_DELIVER_AFTER = Duration.ofDays(365);

  private static final PublishOptions DEFAULT = new PublishOptions(Duration.ZERO);

  public PublishOptions {
    Limits.notNegative(deliverAfter, "deliverAfter");
    Limits.atMost(deliverAfter, MAX_DELIVER_AFTER, "deliverAfter");
  }

  /** The defaults named above. */
  public static PublishOptions defaults() {
    return DEFAULT;
  }

  /** A copy with another {@link #deliverAfter()}. */
  public PublishOptions withDeliverAfter(Duration delay) {
    return new PublishOptions(delay);
  }
}
