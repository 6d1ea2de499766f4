package dev.eventbus;

import java.util.List;

/** One member of a group, in this process. Thread-safe. */
public interface Subscription extends AutoCloseable {

  /** The topic. */
  String topic();

  /** The group; of a broadcast, the name of its member. */
  String group();

  /** Where it is in its life. */
  SubscriptionState state();

  /**
   * Starts no further handler once this call has returned (F2). One that a thread has just taken up
   * counts as running, though its first line may still be to come. Running handlers finish; lanes,
   * order and leases are kept. Idempotent.
   */
  void pause();

  /** Goes on after {@link #pause()}. Idempotent. */
  void resume();

  /**
   * The group's events not yet settled, for each lane of the topic, whoever owns it (F4). Asks the
   * broker and may block.
   *
   * @throws DriverException if the broker cannot tell
   * @throws UnsupportedCapabilityException in the realtime profile, which keeps no count
   */
  List<LaneLag> lag();

  /** What this member has done and holds. */
  SubscriptionStats stats();

  /** Whether it works, and if not, why (L5). */
  Health health();

  /**
   * Drains (L1): no new handler starts, running ones finish up to {@link
   * SubscribeOptions#drainTimeout()}, settles are written, lanes are handed over at once. A lane
   * whose handler still runs then is not handed over: it passes on when its lease ends. Idempotent;
   * a second caller waits for the first. Must not be called by a handler of this subscription.
   */
  @Override
  void close();
}
