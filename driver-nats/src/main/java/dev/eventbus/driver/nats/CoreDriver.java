package dev.eventbus.driver.nats;

import dev.eventbus.Capabilities;
import dev.eventbus.DriverException;
import dev.eventbus.Health;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.MonotonicClock;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Core NATS, the realtime profile: at most once, and nothing is kept.
 *
 * <p>A group is a queue group, a broadcast a plain subscription. Events that come faster than they
 * are handled wait in a bounded buffer; what comes beyond is dropped, counted and told (C3).
 */
final class CoreDriver implements Driver {

  private static final int MAX_RECORD = 4_000;
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Drops are told in sums, so that an overload is not made worse. */
  private static final Duration TELL_DROPS = Duration.ofMillis(250);

  private final CoreLimits limits;
  private final MonotonicClock clock;
  private final Capabilities capabilities;
  private final CoreLink link;
  private final CoreThreads threads = new CoreThreads();
  private final CoreAdmin admin = new CoreAdmin();
  private final Set<CoreMember> members = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Begins at the time, so that a later process gives higher ones. */
  private final AtomicLong fences =
      new AtomicLong(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));

  /** Takes over an open connection, and closes it in the end. */
  CoreDriver(Connection connection, CoreLimits limits, MonotonicClock clock) {
    this.limits = limits;
    this.clock = clock;
    this.capabilities = CoreCapabilities.of(connection);
    this.link = new CoreLink(connection, this::changed);
    threads.every(TELL_DROPS, () -> members.forEach(CoreMember::tellDropped));
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public DriverTraits traits() {
    return new DriverTraits(DriverTraits.SettledAhead.RECORD, MAX_RECORD);
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    return CompletableFuture.completedFuture(new CoreWriter(link, topic.name()));
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    var lane = new CoreLane(fences.incrementAndGet(), clock);
    var member = new CoreMember(request, observer, lane, members);
    Dispatcher dispatcher = null;
    try {
      link.awaitUp(ANSWER);
      dispatcher = link.dispatcher(member::arrived, limits);
      subscribe(request, dispatcher);
      // The answer comes after the server has taken the subscription (S5).
      link.awaitAnswer(ANSWER);
    } catch (TimeoutException | IllegalStateException absent) {
      throw gone(dispatcher, absent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw gone(dispatcher, interrupted);
    }
    Dispatcher subscribed = dispatcher;
    member.joined(
        subscribed,
        ended -> threads.leave(() -> {
          link.drain(subscribed);
          ended.run();
        }));
    return member;
  }

  private static void subscribe(JoinRequest request, Dispatcher dispatcher) {
    String subject = NatsNames.subject(request.topic().name());
    if (request.kind() == GroupKind.DURABLE) {
      dispatcher.subscribe(subject, NatsNames.queue(request.group()));
    } else {
      dispatcher.subscribe(subject);
    }
  }

  private DriverException gone(@Nullable Dispatcher dispatcher, Exception cause) {
    if (dispatcher != null) {
      link.forget(dispatcher);
    }
    return closed.get() || link.isClosed()
        ? new DriverException(NatsError.CLOSED, "The driver has been closed.", cause)
        : new DriverException(
            NatsError.UNREACHABLE,
            "The server did not confirm the subscription within " + ANSWER.toSeconds()
                + " s, the connection is " + link.status() + ": subscribe again when it is up.",
            cause);
  }

  private void changed(Events event) {
    switch (event) {
      case DISCONNECTED ->
        tellAll(observer -> observer.degraded(
            "the connection to NATS is lost; what is published meanwhile never comes"));
      case RESUBSCRIBED -> tellAll(LaneObserver::recovered);
      case CLOSED ->
        members.forEach(member -> member.failed(new DriverException(
            NatsError.CLOSED,
            "The connection to NATS was given up: see " + NatsTiming.MAX_RECONNECTS + ".")));
      default -> {
        // nothing changes for members
      }
    }
  }

  private void tellAll(Consumer<LaneObserver> news) {
    members.forEach(member -> member.tell(news));
  }

  @Override
  public TopicAdmin admin() {
    return admin;
  }

  @Override
  public Health health() {
    if (closed.get()) {
      return Health.down(CoreCapabilities.DRIVER, "the driver has been closed");
    }
    return link.isUp()
        ? Health.up(CoreCapabilities.DRIVER)
        : Health.down(CoreCapabilities.DRIVER, "the connection to NATS is " + link.status());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      link.close();
      threads.close();
    }
  }
}
