package dev.eventbus.spi;

import dev.eventbus.Capabilities;
import dev.eventbus.Health;
import java.util.concurrent.CompletionStage;

/** A connection to one broker. Thread-safe. */
public interface Driver extends AutoCloseable {

  /** What the broker can do, as it is configured; read when the driver was opened. */
  Capabilities capabilities();

  /** What the engine must know to work with this driver. */
  DriverTraits traits();

  /**
   * Opens a topic for writing, and creates it when it does not exist. Does not block. The engine
   * asks once for a topic, and again after a failure.
   *
   * <p>Fails with {@link dev.eventbus.LaneCountException}, {@link dev.eventbus.TopicNameException}
   * or {@link dev.eventbus.DriverException}.
   */
  CompletionStage<TopicWriter> writer(TopicRequest topic);

  /**
   * Joins a group, and creates topic and group when they do not exist. May block; returns once the
   * group's start is fixed on the broker, so that no later event is missed (S5). Lanes are granted
   * before or after the return.
   *
   * @throws dev.eventbus.LaneCountException if the topic has another lane count than asked for
   * @throws dev.eventbus.DriverException if the broker refuses
   */
  Membership join(JoinRequest request, LaneObserver observer);

  /**
   * Looks at topics and groups. What the profile or the broker has no answer to fails with {@link
   * dev.eventbus.UnsupportedCapabilityException}, never with a wrong one.
   */
  TopicAdmin admin();

  /** Whether the connection works. Does not block. */
  Health health();

  /** Gives back every thread, socket and file (L4). Idempotent; may block; does not throw. */
  @Override
  void close();
}
