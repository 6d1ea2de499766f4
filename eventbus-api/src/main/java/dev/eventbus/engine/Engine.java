package dev.eventbus.engine;

import dev.eventbus.Capabilities;
import dev.eventbus.ConnectOptions;
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
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The bus over one open driver. */
final class Engine implements EventBus {

  private static final int RADIX = 36;

  private final String id = Long.toUnsignedString(new SecureRandom().nextLong(), RADIX);
  private final AtomicLong broadcasts = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final List<MemberSubscription> subscriptions = new CopyOnWriteArrayList<>();
  private final SuspectTurn turn = new SuspectTurn();
  private volatile boolean drained;
  private final Driver driver;
  private final Offers offers;
  private final EngineRuntime runtime;
  private final LaneCount lanes;
  private final Publishing publishing;

  Engine(Driver driver, EngineRuntime runtime, ConnectOptions options, LaneCount lanes) {
    this.driver = driver;
    this.offers = new Offers(driver.capabilities());
    this.runtime = runtime;
    this.lanes = lanes;
    this.offers.warnIfRealtime();
    this.publishing = new Publishing(driver, runtime, options, lanes, id);
  }

  @Override
  public CompletableFuture<Published> publish(String topic, Event event, PublishOptions options) {
    Objects.requireNonNull(event, "event");
    checkPublishes();
    Names.checkTopic(topic);
    if (!options.deliverAfter().isZero()) {
      offers.require("P9");
    }
    return publishing.publish(topic, event, options.deliverAfter());
  }

  @Override
  public CompletableFuture<List<PublishOutcome>> publishAll(String topic, List<Event> events) {
    List<Event> all = List.copyOf(events);
    checkPublishes();
    Names.checkTopic(topic);
    return publishing.publishAll(topic, all);
  }

  @Override
  public Subscription subscribe(
      String topic, String group, Handler handler, SubscribeOptions options) {
    Names.checkGroup(group);
    return subscribe(spec(topic, group, GroupKind.DURABLE, options), handler);
  }

  @Override
  public Subscription subscribeEach(String topic, Handler handler, SubscribeOptions options) {
    if (options.onExhausted() == OnExhausted.DEAD_LETTER) {
      throw new IllegalArgumentException(
          "onExhausted is DEAD_LETTER: a broadcast has no dead letters; give DISCARD or HOLD.");
    }
    String member = String.format(Locale.ROOT, "each-%s-%d", id, broadcasts.incrementAndGet());
    return subscribe(spec(topic, member, GroupKind.EPHEMERAL, options), handler);
  }

  private SubscriptionSpec spec(
      String topic, String group, GroupKind kind, SubscribeOptions options) {
    return new SubscriptionSpec(topic, group, kind, options, profile());
  }

  private Subscription subscribe(SubscriptionSpec spec, Handler handler) {
    Objects.requireNonNull(handler, "handler");
    checkOpen();
    Names.checkReadableTopic(spec.topic());
    offers.check(spec.options());
    var loop = new SubscriptionLoop(spec, handler, driver, runtime, turn);
    var subscription = new MemberSubscription(loop, driver, offers, subscriptions::remove);
    subscriptions.add(subscription);
    var request = new JoinRequest(
        new TopicRequest(spec.topic(), lanes),
        spec.group(),
        spec.kind(),
        spec.options().start(),
        spec.options().lease());
    try {
      Membership membership = driver.join(request, new PostingObserver(loop));
      loop.joined(membership);
    } catch (RuntimeException refused) {
      loop.neverJoined();
      subscriptions.remove(subscription);
      throw refused;
    }
    return subscription;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The event bus is closed: connect another one.");
    }
  }

  /** Handlers that finish while the bus closes may publish what they have to. */
  private void checkPublishes() {
    if (drained) {
      throw new IllegalStateException("The event bus is closed: connect another one.");
    }
  }

  @Override
  public Health health() {
    if (closed.get()) {
      return Health.down("bus", "closed");
    }
    return driver
        .health()
        .with(subscriptions.stream().map(MemberSubscription::health).toList());
  }

  @Override
  public Profile profile() {
    return driver.capabilities().profile();
  }

  @Override
  public Capabilities capabilities() {
    return driver.capabilities();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      closing.join();
      return;
    }
    try {
      CompletableFuture.allOf(subscriptions.stream()
              .map(MemberSubscription::beginClose)
              .toArray(CompletableFuture[]::new))
          .join();
      drained = true;
      publishing.awaitPending();
      driver.close();
      runtime.close();
    } finally {
      closing.complete(null);
    }
  }
}
