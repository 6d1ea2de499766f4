package dev.eventbus.conformance.sabotage;

import dev.eventbus.Capabilities;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Handler;
import dev.eventbus.Health;
import dev.eventbus.OnExhausted;
import dev.eventbus.Profile;
import dev.eventbus.PublishOptions;
import dev.eventbus.PublishOutcome;
import dev.eventbus.Published;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A bus whose handlers are called in the wrong way. */
record SabotagedBus(EventBus bus, Saboteur saboteur) implements EventBus {

  @Override
  public CompletableFuture<Published> publish(String topic, Event event, PublishOptions options) {
    return bus.publish(topic, event, options);
  }

  @Override
  public CompletableFuture<List<PublishOutcome>> publishAll(String topic, List<Event> events) {
    return bus.publishAll(topic, events);
  }

  @Override
  public Subscription subscribe(
      String topic, String group, Handler handler, SubscribeOptions options) {
    Handler sabotaged = SabotagedHandlers.apply(saboteur, handler, options);
    return bus.subscribe(topic, group, sabotaged, sabotaged(options));
  }

  @Override
  public Subscription subscribeEach(String topic, Handler handler, SubscribeOptions options) {
    return bus.subscribeEach(topic, SabotagedHandlers.apply(saboteur, handler, options), options);
  }

  private SubscribeOptions sabotaged(SubscribeOptions options) {
    return saboteur == Saboteur.IGNORES_ON_EXHAUSTED
        ? options.withOnExhausted(OnExhausted.DEAD_LETTER)
        : options;
  }

  @Override
  public Health health() {
    return bus.health();
  }

  @Override
  public Profile profile() {
    return bus.profile();
  }

  @Override
  public Capabilities capabilities() {
    return bus.capabilities();
  }

  @Override
  public void close() {
    bus.close();
  }
}
