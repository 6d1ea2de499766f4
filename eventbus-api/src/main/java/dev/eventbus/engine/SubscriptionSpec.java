package dev.eventbus.engine;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.OnExhausted;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.spi.JoinRequest.GroupKind;

/** What a subscription was asked for. */
record SubscriptionSpec(String topic, String group, GroupKind kind, SubscribeOptions options) {

  /** {@code topic/group}. */
  @Override
  public String toString() {
    return topic + "/" + group;
  }

  /** What really becomes of an exhausted event: a dead letter has none of its own (R10). */
  OnExhausted onExhausted() {
    OnExhausted asked = options.onExhausted();
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

  private boolean hasNoLetters() {
    return kind == GroupKind.EPHEMERAL || DeadLetterTopic.parse(topic).isPresent();
  }
}
