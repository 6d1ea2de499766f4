package dev.eventbus.engine;

import dev.eventbus.ConnectOptions;
import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.EventBusException;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.PublishFailedException;
import dev.eventbus.PublishOutcome;
import dev.eventbus.PublishTimeoutException;
import dev.eventbus.Published;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All publishes of a bus: their room (P4), their deadlines (P3) and their topics. Thread-safe. */
final class Publishing {

  private static final long SWEEP_NANOS = 50_000_000;

  private final Map<String, TopicPublisher> topics = new ConcurrentHashMap<>();
  private final Set<PendingPublish> pending = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final AtomicLong sequence = new AtomicLong();
  private final Driver driver;
  private final EngineRuntime runtime;
  private final ConnectOptions options;
  private final LaneCount lanes;
  private final String publisher;
  private final Semaphore room;
  private final long timeoutNanos;

  Publishing(
      Driver driver,
      EngineRuntime runtime,
      ConnectOptions options,
      LaneCount lanes,
      String publisher) {
    this.driver = driver;
    this.runtime = runtime;
    this.options = options;
    this.lanes = lanes;
    this.publisher = publisher;
    this.room = new Semaphore(options.maxPendingPublishes());
    this.timeoutNanos = Nanos.of(options.publishTimeout());
  }

  CompletableFuture<Published> publish(String topic, Event event, Duration delay) {
    var id = new MessageId.Sequential(publisher, sequence.incrementAndGet());
    var publish = new PendingPublish(topic, event, id, delay, runtime.nanos() + timeoutNanos);
    if (!takeRoom(publish)) {
      return publish.result;
    }
    pending.add(publish);
    sweepLater();
    topics.computeIfAbsent(topic, this::open).publish(publish);
    return publish.result;
  }

  CompletableFuture<List<PublishOutcome>> publishAll(String topic, List<Event> events) {
    var outcomes = new ArrayList<CompletableFuture<PublishOutcome>>(events.size());
    for (Event event : events) {
      outcomes.add(publish(topic, event, Duration.ZERO)
          .handle((stored, error) -> outcome(event, stored, error)));
    }
    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
        .thenApply(unused -> outcomes.stream().map(CompletableFuture::join).toList());
  }

  private static PublishOutcome outcome(
      Event event, @Nullable Published stored, @Nullable Throwable error) {
    if (stored != null) {
      return new PublishOutcome.Stored(stored);
    }
    if (Failures.unwrapped(error) instanceof EventBusException known) {
      return new PublishOutcome.Failed(event, known);
    }
    throw new IllegalStateException("A publish failed with what is no error of the bus", error);
  }

  private TopicPublisher open(String topic) {
    return new TopicPublisher(new TopicRequest(topic, lanes), driver, this, runtime);
  }

  private boolean takeRoom(PendingPublish publish) {
    if (room.tryAcquire()) {
      return true;
    }
    try {
      if (room.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) {
        return true;
      }
      publish.result.completeExceptionally(new PublishTimeoutException(
          publish.topic,
          Outcome.NOT_STORED,
          options.publishTimeout(),
          "room among %d unconfirmed events".formatted(options.maxPendingPublishes())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      publish.result.completeExceptionally(new PublishFailedException(
          publish.topic,
          Outcome.NOT_STORED,
          "the thread was interrupted while it waited for room.",
          interrupted));
    }
    return false;
  }

  // ---- answers, on the driver's threads

  void stored(PendingPublish publish, int lane, Position position) {
    if (giveRoomBack(publish)) {
      answer(
          publish,
          () -> publish.result.complete(new Published(publish.topic, lane, position.toString())));
    }
  }

  void failed(PendingPublish publish, Throwable error) {
    Throwable cause = Failures.unwrapped(error);
    Outcome outcome =
        cause instanceof AppendException refusal ? refusal.outcome() : Outcome.UNKNOWN;
    String text = cause == null ? "unknown failure" : Failures.text(cause);
    fail(publish, new PublishFailedException(publish.topic, publish.worstOf(outcome), text, cause));
  }

  /** It was never handed to the driver. */
  void neverSent(PendingPublish publish, Throwable error) {
    Throwable cause = Failures.unwrapped(error);
    if (cause instanceof EventBusException known && !(known instanceof DriverException)) {
      fail(publish, known);
      return;
    }
    String text = cause == null ? "unknown failure" : Failures.text(cause);
    fail(publish, new PublishFailedException(publish.topic, Outcome.NOT_STORED, text, cause));
  }

  /** Its time was over before it could be handed over. */
  void forget(PendingPublish publish) {
    giveRoomBack(publish);
  }

  private void fail(PendingPublish publish, EventBusException error) {
    if (giveRoomBack(publish)) {
      answer(publish, () -> publish.result.completeExceptionally(error));
    }
  }

  private boolean giveRoomBack(PendingPublish publish) {
    if (publish.settle()) {
      pending.remove(publish);
      room.release();
      return true;
    }
    return false;
  }

  /** What hangs on the result may block, and must not do so on a driver's thread. */
  private void answer(PendingPublish publish, Runnable completion) {
    if (publish.result.getNumberOfDependents() == 0) {
      completion.run();
      return;
    }
    try {
      runtime.handlers().execute(completion);
    } catch (RejectedExecutionException refused) {
      completion.run();
    }
  }

  // ---- deadlines

  private void sweepLater() {
    if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
      runtime.schedule(Math.min(SWEEP_NANOS, timeoutNanos), this::sweep);
    }
  }

  private void sweep() {
    long now = runtime.nanos();
    for (PendingPublish publish : pending) {
      if (publish.deadline - now <= 0 && !publish.result.isDone()) {
        Outcome outcome = publish.expire();
        var error = new PublishTimeoutException(
            publish.topic, outcome, options.publishTimeout(), "the broker's confirmation");
        answer(publish, () -> publish.result.completeExceptionally(error));
      }
    }
    sweeping.set(false);
    if (!pending.isEmpty()) {
      sweepLater();
    }
  }

  /** Waits until nothing is pending, or the publish timeout is over (P7). */
  void awaitPending() {
    boolean interrupted = false;
    try {
      if (room.tryAcquire(options.maxPendingPublishes(), timeoutNanos, TimeUnit.NANOSECONDS)) {
        room.release(options.maxPendingPublishes());
      }
    } catch (InterruptedException wanted) {
      interrupted = true;
    }
    for (PendingPublish publish : pending) {
      Outcome outcome = publish.expire();
      publish.result.completeExceptionally(new PublishFailedException(
          publish.topic, outcome, "the bus was closed before it was confirmed.", null));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
