package dev.eventbus.cli;

import dev.eventbus.Capabilities;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Handler;
import dev.eventbus.Health;
import dev.eventbus.Profile;
import dev.eventbus.PublishOptions;
import dev.eventbus.PublishOutcome;
import dev.eventbus.Published;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Takes publishes and answers them as it is told. */
final class FakeBus implements EventBus {

  final List<Event> taken = new ArrayList<>();
  final List<PublishOptions> options = new ArrayList<>();
  private final Function<Event, CompletableFuture<Published>> answer;
  private boolean closed;

  FakeBus(Function<Event, CompletableFuture<Published>> answer) {
    this.answer = answer;
  }

  static CompletableFuture<Published> stored() {
    return CompletableFuture.completedFuture(new Published("t", 0, "1"));
  }

  @Override
  public synchronized CompletableFuture<Published> publish(
      String topic, Event event, PublishOptions how) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    taken.add(event);
    options.add(how);
    return answer.apply(event);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  @Override
  public CompletableFuture<List<PublishOutcome>> publishAll(String topic, List<Event> events) {
    throw new AssertionError("not expected");
  }

  @Override
  public Subscription subscribe(
      String topic, String group, Handler handler, SubscribeOptions options) {
    throw new AssertionError("not expected");
  }

  @Override
  public Subscription subscribeEach(String topic, Handler handler, SubscribeOptions options) {
    throw new AssertionError("not expected");
  }

  @Override
  public Health health() {
    throw new AssertionError("not expected");
  }

  @Override
  public Profile profile() {
    throw new AssertionError("not expected");
  }

  @Override
  public Capabilities capabilities() {
    throw new AssertionError("not expected");
  }
}
