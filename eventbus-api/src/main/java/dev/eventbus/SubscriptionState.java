package dev.eventbus;

/** The life of a subscription: STARTING → RUNNING ⇄ PAUSED → DRAINING → CLOSED, or FAILED. */
public enum SubscriptionState {
  /** The broker is being asked for the group and its lanes. */
  STARTING,
  /** Handlers start as events arrive. */
  RUNNING,
  /** Lanes are kept and no handler starts. */
  PAUSED,
  /** No handler starts any more, running ones finish, lanes are handed over. */
  DRAINING,
  /** Nothing of it is left. */
  CLOSED,
  /** The driver has given it up for good; {@link Subscription#health()} says why. */
  FAILED
}
