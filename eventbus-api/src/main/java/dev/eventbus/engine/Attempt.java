package dev.eventbus.engine;

import dev.eventbus.AsyncHandler;
import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.Handler;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One run of the handler for one event: what the handler sees, and what tells the loop of its end.
 *
 * <p>Invariant: either a worker starts it or the loop withdraws it, never both; one that was started
 * posts itself to the loop exactly once.
 */
final class Attempt implements Delivery, Runnable {

  private static final int QUEUED = 0;
  private static final int STARTED = 1;
  private static final int WITHDRAWN = 2;
  private static final int ENDED = 3;

  private static final AtomicIntegerFieldUpdater<Attempt> PHASE =
      AtomicIntegerFieldUpdater.newUpdater(Attempt.class, "phase");

  /** How it went. */
  enum Outcome {
    /** The handler returned. */
    SUCCEEDED,
    /** The handler threw. */
    FAILED,
    /** The lease had run out before the handler could start. */
    NOT_STARTED
  }

  final LaneWork lane;
  final Slot slot;
  private final SubscriptionLoop loop;
  private final Event event;
  private final int number;
  private final boolean redelivered;

  /** Changed through {@link #PHASE} alone. */
  @SuppressWarnings("UnusedVariable")
  private volatile int phase;

  private Outcome outcome = Outcome.NOT_STARTED;
  private @Nullable Throwable failure;

  Attempt(SubscriptionLoop loop, LaneWork lane, Slot slot, Event event) {
    this.loop = loop;
    this.lane = lane;
    this.slot = slot;
    this.event = event;
    this.number = slot.attempts + 1;
    this.redelivered = slot.attempts > 0 || slot.suspect;
  }

  /** Runs the handler on the caller's thread, unless the attempt was withdrawn. */
  void handle(Handler handler) {
    if (!PHASE.compareAndSet(this, QUEUED, STARTED)) {
      return;
    }
    if (!leaseValid()) {
      end(Outcome.NOT_STARTED, null);
      return;
    }
    try {
      if (handler instanceof AsyncHandler async) {
        async
            .start(this)
            .whenComplete((ignored, thrown) ->
                end(thrown == null ? Outcome.SUCCEEDED : Outcome.FAILED, thrown));
      } else {
        handler.handle(this);
        end(Outcome.SUCCEEDED, null);
      }
    } catch (Throwable thrown) {
      end(Outcome.FAILED, thrown);
    }
  }

  private void end(Outcome how, @Nullable Throwable thrown) {
    if (PHASE.compareAndSet(this, STARTED, ENDED)) {
      outcome = how;
      failure = Failures.unwrapped(thrown);
      loop.post(this);
    }
  }

  /** Takes it back before a worker has started it; false when it is too late. */
  boolean withdraw() {
    return PHASE.compareAndSet(this, QUEUED, WITHDRAWN);
  }

  /** On the loop. */
  @Override
  public void run() {
    loop.finished(this);
  }

  Outcome outcome() {
    return outcome;
  }

  @Nullable
  Throwable failure() {
    return failure;
  }

  @Override
  public Event event() {
    return event;
  }

  @Override
  public int attempt() {
    return number;
  }

  @Override
  public String topic() {
    return loop.topic();
  }

  @Override
  public String group() {
    return loop.group();
  }

  @Override
  public int lane() {
    return lane.number();
  }

  @Override
  public boolean redelivered() {
    return redelivered;
  }

  @Override
  public long fence() {
    return lane.lane().fence();
  }

  @Override
  public boolean leaseValid() {
    return lane.ownedAt(loop.nanos());
  }

  @Override
  public String toString() {
    return "Delivery[topic=%s, group=%s, lane=%d, attempt=%d, fence=%d, event=%s]"
        .formatted(topic(), group(), lane(), number, fence(), event);
  }
}
