package dev.eventbus.driver.nats;

import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.Position;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription of the realtime profile, with a dispatcher of the client for itself: its queue is
 * the buffer, which drops and counts what has no room, and only so does the client hand over what it
 * has when the subscription ends.
 *
 * <p>The dispatcher's thread waits for the engine's credit. Whoever calls the observer holds this
 * object's lock; after {@code open} is false nobody does.
 */
final class CoreMember implements Membership {

  private static final Logger LOG = LoggerFactory.getLogger(CoreMember.class);
  private static final int MAX_BATCH = 256;

  private final JoinRequest request;
  private final LaneObserver observer;
  private final CoreLane lane;
  private final Set<CoreMember> peers;
  private final CompletableFuture<Dispatcher> dispatcher = new CompletableFuture<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private final AtomicBoolean retired = new AtomicBoolean();

  /** Guarded by this, with all below. */
  private final List<LaneEvent> batch = new ArrayList<>();

  private Consumer<Runnable> ending = Runnable::run;
  private boolean open;
  private long delivered;
  private long discarded;
  private long dropped;

  CoreMember(JoinRequest request, LaneObserver observer, CoreLane lane, Set<CoreMember> peers) {
    this.request = request;
    this.observer = observer;
    this.lane = lane;
    this.peers = peers;
  }

  /** The server sends events from now on; {@code end} ends that and then runs what it is given. */
  synchronized void joined(Dispatcher subscribed, Consumer<Runnable> end) {
    dispatcher.complete(subscribed);
    ending = end;
    peers.add(this);
    open = true;
    observer.granted(lane, new LaneStart(null, null, ""));
  }

  /** A message came, on the dispatcher's thread: while it waits here the others queue up. */
  void arrived(Message message) throws InterruptedException {
    boolean wanted = lane.awaitOpen();
    // Never more than there are, but for a moment less: the client counts them after it adds them.
    long waiting = dispatcher.join().getPendingMessageCount();
    synchronized (this) {
      if (!wanted || !open) {
        discarded++;
        return;
      }
      LaneEvent event = read(message);
      lane.take(event.bytes());
      batch.add(event);
      if (waiting <= 0 || batch.size() == MAX_BATCH || !lane.isOpen()) {
        hand();
      }
    }
  }

  private LaneEvent read(Message message) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    var stored = new Stored(Position.of(++delivered), now, null);
    return EventWire.read(stored, message.getData(), message.getHeaders());
  }

  private void hand() {
    if (!batch.isEmpty()) {
      observer.arrived(lane, List.copyOf(batch));
      batch.clear();
    }
  }

  /** Tells what the client has dropped since the last time. */
  synchronized void tellDropped() {
    long count = dispatcher.join().getDroppedCount();
    if (open && count > dropped) {
      observer.dropped(lane, count - dropped);
      dropped = count;
    }
  }

  /** Something about the connection changed. */
  synchronized void tell(Consumer<LaneObserver> news) {
    if (open) {
      news.accept(observer);
    }
  }

  /** The connection was given up. */
  synchronized void failed(Throwable cause) {
    if (open) {
      open = false;
      observer.failed(cause);
    }
  }

  @Override
  public void retire() {
    if (retired.compareAndSet(false, true)) {
      end().accept(() -> drained.complete(null));
    }
  }

  private synchronized Consumer<Runnable> end() {
    return ending;
  }

  @Override
  public CompletionStage<Void> leave() {
    retire();
    return drained.thenRun(this::left);
  }

  private synchronized void left() {
    tellDropped();
    if (open) {
      hand();
    }
    open = false;
    lane.end();
    peers.remove(this);
    long unhandled = delivered - lane.settled() + discarded;
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
