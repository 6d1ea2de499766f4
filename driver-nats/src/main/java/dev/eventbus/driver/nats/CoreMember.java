package dev.eventbus.driver.nats;

import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.Position;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription of the realtime profile. The client's thread puts messages into the buffer; the
 * driver's loop, and it alone, decodes them and calls the observer.
 */
final class CoreMember implements Membership {

  private static final Logger LOG = LoggerFactory.getLogger(CoreMember.class);
  private static final int MAX_BATCH = 256;
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** Drops are told in sums, so that an overload is not made worse. */
  private static final long TELL_MILLIS = 100;

  private final JoinRequest request;
  private final LaneObserver observer;
  private final CoreThreads threads;
  private final CoreBuffer buffer;
  private final CoreLane lane;
  private final Set<CoreMember> peers;
  private final CompletableFuture<Subscription> subscribed = new CompletableFuture<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final AtomicBoolean retired = new AtomicBoolean();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean telling = new AtomicBoolean();

  /** Of the loop alone. */
  private long delivered;

  /** Of the loop alone: whether the observer may be called. */
  private boolean open;

  CoreMember(
      JoinRequest request,
      LaneObserver observer,
      CoreThreads threads,
      CoreBuffer buffer,
      long fence,
      Set<CoreMember> peers) {
    this.request = request;
    this.observer = observer;
    this.threads = threads;
    this.buffer = buffer;
    this.peers = peers;
    this.lane = new CoreLane(fence, threads.clock(), this::wake);
  }

  /** The server sends events from now on; the lane is granted. */
  void joined(Subscription subscription) {
    peers.add(this);
    subscribed.complete(subscription);
    threads.loop().execute(() -> {
      open = true;
      observer.granted(lane, new LaneStart(null, null, ""));
    });
  }

  /** A message came; called by the client's one thread for all subscriptions. */
  void arrived(Message message) {
    if (!buffer.offer(message)) {
      if (telling.compareAndSet(false, true)) {
        threads.later(this::tellDropped, TELL_MILLIS);
      }
    } else if (lane.isOpen()) {
      wake();
    }
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      threads.loop().execute(this::deliver);
    }
  }

  private void deliver() {
    woken.set(false);
    if (!open) {
      return;
    }
    var batch = new ArrayList<LaneEvent>();
    while (batch.size() < MAX_BATCH && lane.isOpen()) {
      Message message = buffer.poll();
      if (message == null) {
        break;
      }
      LaneEvent event = read(message);
      lane.take(event.bytes());
      batch.add(event);
    }
    if (!batch.isEmpty()) {
      observer.arrived(lane, List.copyOf(batch));
    }
    if (!buffer.isEmpty() && lane.isOpen()) {
      wake();
    }
  }

  private LaneEvent read(Message message) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    var stored = new Stored(Position.of(++delivered), now, null);
    return EventWire.read(stored, message.getData(), message.getHeaders());
  }

  private void tellDropped() {
    telling.set(false);
    long events = buffer.takeDropped();
    if (open && events > 0) {
      observer.dropped(lane, events);
    }
  }

  /** The connection was lost; what is published meanwhile never comes. */
  void degraded(String why) {
    threads.loop().execute(() -> {
      if (open) {
        observer.degraded(why);
      }
    });
  }

  /** The server knows the subscription again. */
  void recovered() {
    threads.loop().execute(() -> {
      if (open) {
        observer.recovered();
      }
    });
  }

  /** The connection was given up. */
  void failed(Throwable cause) {
    threads.loop().execute(() -> {
      if (open) {
        open = false;
        observer.failed(cause);
      }
    });
  }

  @Override
  public void retire() {
    if (retired.compareAndSet(false, true)) {
      threads.leaving().execute(this::drain);
    }
  }

  /** Ends the subscription on the server first, so that what it has sent still comes. */
  private void drain() {
    try {
      if (!subscribed.join().drain(DRAIN).join()) {
        LOG.debug(
            "{}: the subscription did not end in good order", request.topic().name());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException closed) {
      LOG.debug("{}: the connection is closed", request.topic().name(), closed);
    } finally {
      drained.complete(null);
    }
  }

  @Override
  public CompletionStage<Void> leave() {
    retire();
    return drained.thenRunAsync(this::left, threads.loop());
  }

  private void left() {
    while (open && !buffer.isEmpty() && lane.isOpen()) {
      deliver();
    }
    tellDropped();
    peers.remove(this);
    open = false;
    long unhandled = delivered - lane.settled() + buffer.size();
    if (unhandled > 0) {
      LOG.info(
          "topic {} group {}: {} events had come and were not handled when the subscription closed;"
              + " the realtime profile does not keep them",
          request.topic().name(),
          request.group(),
          unhandled);
    }
  }
}
