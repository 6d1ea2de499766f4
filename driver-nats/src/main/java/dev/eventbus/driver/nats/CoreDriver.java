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
import io.nats.client.ConnectionListener;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Core NATS, the realtime profile: at most once, and nothing is kept. One connection, one of the
 * client's dispatchers and one thread serve all subscriptions.
 *
 * <p>A group is a queue group, a broadcast a plain subscription. Events that come faster than they
 * are handled wait in a bounded buffer; what comes beyond is dropped, counted and told (C3).
 */
final class CoreDriver implements Driver {

  private static final Logger LOG = LoggerFactory.getLogger(CoreDriver.class);
  private static final int MAX_RECORD = 4_000;
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Connection connection;
  private final CoreLimits limits;
  private final CoreThreads threads;
  private final Dispatcher dispatcher;
  private final Capabilities capabilities;
  private final ClientDrops drops;
  private final CoreAdmin admin = new CoreAdmin();
  private final ConnectionListener listener = (source, event) -> changed(event);
  private final Set<CoreMember> members = ConcurrentHashMap.newKeySet();

  /** Begins at the time, so that a later process gives higher ones. */
  private final AtomicLong fences =
      new AtomicLong(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));

  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over an open connection, and closes it in the end. */
  CoreDriver(Connection connection, CoreLimits limits, MonotonicClock clock) {
    this.connection = connection;
    this.limits = limits;
    this.threads = new CoreThreads(clock);
    this.dispatcher = connection.createDispatcher();
    this.capabilities = CoreCapabilities.of(connection);
    this.drops = new ClientDrops(dispatcher, clock);
    threads.everySecond(drops::check);
    connection.addConnectionListener(listener);
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
    return CompletableFuture.completedFuture(new CoreWriter(connection, topic.name()));
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    var member = new CoreMember(
        request, observer, threads, new CoreBuffer(limits), fences.incrementAndGet(), members);
    Subscription subscription = null;
    try {
      subscription = subscribe(request, member);
      // The answer comes after the server has taken the subscription (S5).
      connection.flush(ANSWER);
    } catch (TimeoutException | IllegalStateException absent) {
      throw gone(subscription, absent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw gone(subscription, interrupted);
    }
    member.joined(subscription);
    return member;
  }

  private Subscription subscribe(JoinRequest request, CoreMember member) {
    String subject = NatsNames.subject(request.topic().name());
    return request.kind() == GroupKind.DURABLE
        ? dispatcher.subscribe(subject, NatsNames.queue(request.group()), member::arrived)
        : dispatcher.subscribe(subject, member::arrived);
  }

  private DriverException gone(@Nullable Subscription subscription, Exception cause) {
    if (closed.get() || connection.getStatus() == Connection.Status.CLOSED) {
      return new DriverException(NatsError.CLOSED, "The driver has been closed.", cause);
    }
    if (subscription != null) {
      dispatcher.unsubscribe(subscription);
    }
    return new DriverException(
        NatsError.UNREACHABLE,
        "The server did not confirm the subscription within " + ANSWER.toSeconds()
            + " s, the connection is " + connection.getStatus()
            + ": subscribe again when it is up.",
        cause);
  }

  private void changed(Events event) {
    switch (event) {
      case DISCONNECTED ->
        members.forEach(member -> member.degraded(
            "the connection to NATS is lost; what is published meanwhile never comes"));
      case RESUBSCRIBED -> members.forEach(CoreMember::recovered);
      case CLOSED ->
        members.forEach(member -> member.failed(new DriverException(
            NatsError.CLOSED,
            "The connection to NATS was given up: see " + NatsTiming.MAX_RECONNECTS + ".")));
      default -> LOG.debug("connection: {}", event);
    }
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
    Connection.Status status = connection.getStatus();
    return status == Connection.Status.CONNECTED
        ? drops.health(CoreCapabilities.DRIVER)
        : Health.down(CoreCapabilities.DRIVER, "the connection to NATS is " + status);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.removeConnectionListener(listener);
      flush();
      threads.close();
    }
  }

  /** Sends what has been published, then closes the connection. */
  private void flush() {
    try {
      if (connection.getStatus() == Connection.Status.CONNECTED) {
        connection.drain(ANSWER).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException | IllegalStateException absent) {
      LOG.warn("The last events may not have been sent: {}", absent.toString());
    } finally {
      close(connection);
    }
  }

  private static void close(Connection connection) {
    boolean interrupted = Thread.interrupted();
    try {
      connection.close();
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
