package dev.eventbus.engine;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.OnExhausted;
import dev.eventbus.Profile;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.spi.JoinRequest.GroupKind;

/** What a subscription was asked for, and the profile that it runs under. */
record SubscriptionSpec(
    String topic, String group, GroupKind kind, SubscribeOptions options, Profile profile) {

  /** {@code topic/group}. */
  @Override
  public String toString() {
    return topic + "/" + group;
  }

  /**
   * What really becomes of an exhausted event: a dead letter has none of its own (R10), and the
   * realtime profile has none at all (C1).
   */
  OnExhausted onExhausted() {
    OnExhausted asked = options.onExhausted();
    if (asked == OnExhausted.DEAD_LETTER && isRealtime()) {
      return OnExhausted.DISCARD;
    }
    return asked == OnExhausted.DEAD_LETTER && hasNoLetters() ? OnExhausted.HOLD : asked;
  }

  /** What becomes of an event that cannot be decoded: holding it would never help (R6). */
  OnExhausted onUndecodable() {
    OnExhausted usual = onExhausted();
    if (usual != OnExhausted.HOLD) {
      return usual;
    }
    return hasNoLetters() ? OnExhausted.DISCARD : OnExhausted.DEAD_LETTER;
  }

  /** Nothing outlives the process: what was started need not be written down (C1). */
  boolean isRealtime() {
    return profile == Profile.REALTIME;
  }

  private boolean hasNoLetters() {
    return isRealtime()
        || kind == GroupKind.EPHEMERAL
        || DeadLetterTopic.parse(topic).isPresent();
  }
}
