package dev.eventbus;

import org.jspecify.annotations.Nullable;

/**
 * Is told what happens to a subscription beside its handler. Called on the subscription's loop: do
 * not block. What a method throws is logged and otherwise ignored.
 */
public interface SubscriptionListener {

  /** Listens to nothing. */
  SubscriptionListener NONE = new SubscriptionListener() {};

  /** An attempt failed; the next one follows, or the event is exhausted. */
  default void attemptFailed(Delivery delivery, Throwable cause) {}

  /** The dead letter is stored and its original will be settled (R3). */
  default void deadLettered(String topic, int lane, @Nullable Event event, String reason) {}

  /** An exhausted event was given up without a dead letter (R8). */
  default void discarded(String topic, int lane, @Nullable Event event, String reason) {}

  /**
   * Retention removed events that this group had not settled (S8). Their number is exact where the
   * broker numbers each lane by itself; where lanes share one sequence (NATS) it is the most that it
   * can be.
   */
  default void trimmed(String topic, int lane, long events) {}

  /** The realtime profile's client dropped events that came faster than they were handled (C3). */
  default void dropped(String topic, int lane, long events) {}

  /** This member owns the lane from now on. */
  default void laneGranted(String topic, int lane, long fence) {}

  /** This member no longer owns the lane. */
  default void laneLost(String topic, int lane, String reason) {}
}
