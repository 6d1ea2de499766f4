package dev.eventbus;

import dev.eventbus.engine.BusFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to one broker, with the same semantics on every broker.
 *
 * <pre>{@code
 * try (EventBus bus = EventBus.connect()) { // COZE_MQ_TYPE decides
 *   bus.subscribe("orders", "billing", delivery -> charge(delivery.event()));
 *   bus.publish("orders", Event.of("customer-42", json));
 * }
 * }</pre>
 *
 * <p>Thread-safe. After {@link #close()} every call but {@code close}, {@link #health()}, {@link
 * #profile()} and {@link #capabilities()} throws {@link IllegalStateException} (P7).
 */
public interface EventBus extends AutoCloseable {

  /**
   * Connects with the settings of the environment; {@code COZE_MQ_TYPE} names the driver.
   *
   * @throws UnknownDriverException if the type is unset or unknown, or its driver is not on the
   *     class path
   * @throws SettingException if a setting cannot be read
   * @throws DriverException if the broker cannot be reached or refuses (L3, L6)
   */
  static EventBus connect() {
    return connect(Settings.fromEnvironment());
  }

  /** Connects with the given settings alone; see {@link #connect()} for the errors. */
  static EventBus connect(Settings settings) {
    return connect(settings, ConnectOptions.from(settings));
  }

  /** Connects with settings for the driver and options for the bus; see {@link #connect()}. */
  static EventBus connect(Settings settings, ConnectOptions options) {
    return BusFactory.connect(settings, options);
  }

  /** Publishes with {@link PublishOptions#defaults()}. */
  default CompletableFuture<Published> publish(String topic, Event event) {
    return publish(topic, event, PublishOptions.defaults());
  }

  /**
   * Publishes one event. The future completes normally once the broker has confirmed the write (P1)
   * and exceptionally with a {@link PublishException}, whose {@link PublishException#outcome()}
   * says whether the event may be stored (P3), with an {@link EventTooLargeException} (P5), or with
   * a {@link LaneCountException} if the topic has another lane count than the settings ask for; of
   * the last two nothing is stored.
   * Events of one bus with one key are stored in call order (P2).
   *
   * <p>Waits while {@link ConnectOptions#maxPendingPublishes()} events are unconfirmed, up to
   * {@link ConnectOptions#publishTimeout()} (P4).
   *
   * @throws TopicNameException if the topic is illegal (D5)
   * @throws UnsupportedCapabilityException if the options ask for a delay and the broker cannot hold
   *     events back (P9)
   */
  CompletableFuture<Published> publish(String topic, Event event, PublishOptions options);

  /**
   * Publishes events in list order per key (P8). The future completes normally with one outcome for
   * each event, in list order; it does not fail because an event did.
   *
   * @throws TopicNameException if the topic is illegal (D5)
   */
  CompletableFuture<List<PublishOutcome>> publishAll(String topic, List<Event> events);

  /** Subscribes with {@link SubscribeOptions#defaults()}. */
  default Subscription subscribe(String topic, String group, Handler handler) {
    return subscribe(topic, group, handler, SubscribeOptions.defaults());
  }

  /**
   * Joins a group: its members share the topic's events (S2). Once this call has returned no later
   * event is missed (S5). The topic and the group are created when they do not exist.
   *
   * @throws TopicNameException if the topic is illegal
   * @throws GroupNameException if the group is illegal
   * @throws LaneCountException if the topic has another lane count than the settings ask for
   * @throws DriverException if the broker refuses
   * @throws UnsupportedCapabilityException if the options ask for what the bus's profile lacks (C4)
   */
  Subscription subscribe(String topic, String group, Handler handler, SubscribeOptions options);

  /** Subscribes to every event with {@link SubscribeOptions#forBroadcast()}. */
  default Subscription subscribeEach(String topic, Handler handler) {
    return subscribeEach(topic, handler, SubscribeOptions.forBroadcast());
  }

  /**
   * Receives every event of a topic on this member alone, and leaves nothing on the broker when it
   * ends (S6). A broadcast has no dead letters: {@link SubscribeOptions#onExhausted()} is {@link
   * OnExhausted#DISCARD} or {@link OnExhausted#HOLD}.
   *
   * @throws IllegalArgumentException if the options ask for dead letters
   */
  Subscription subscribeEach(String topic, Handler handler, SubscribeOptions options);

  /** The state of the connection and of each subscription (L5). Never blocks on the broker. */
  Health health();

  /** What the bus promises as it is configured: all of the contract, or the realtime part. */
  Profile profile();

  /** What the connected broker can do, as it is configured (P1). */
  Capabilities capabilities();

  /**
   * Drains every subscription (L1), waits for pending publishes up to {@link
   * ConnectOptions#publishTimeout()} (P7), and gives back every thread, socket and file (L4).
   * Idempotent. Never throws because of a broker.
   */
  @Override
  void close();
}
