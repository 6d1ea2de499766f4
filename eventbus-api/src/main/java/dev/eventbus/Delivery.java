package dev.eventbus;

/** An event handed to a handler, once. Thread-safe; valid after the handler has returned. */
public interface Delivery {

  /** The event as it was published. */
  Event event();

  /** The number of this attempt, from 1 to {@link SubscribeOptions#maxAttempts()} (R1). */
  int attempt();

  /** The topic that the event was read from. */
  String topic();

  /** The group that shares the topic's events; of a broadcast, the name of its member. */
  String group();

  /** The lane of the topic, from 0. */
  int lane();

  /** Whether this group may have seen the event before: a later attempt, or one after a crash. */
  boolean redelivered();

  /**
   * A number that grows with every owner of the lane. Hand it to a store that keeps the highest it
   * has seen, to shut out a late former owner (O8).
   */
  long fence();

  /** Whether this member still owns the lane by its own clock; ask before a side effect (O8). */
  boolean leaseValid();
}
