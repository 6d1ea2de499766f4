package dev.eventbus.conformance.member;

import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.Handler;
import dev.eventbus.RejectEvent;
import dev.eventbus.RetryLater;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.Recorder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Performs each event's script; its first act and its last are to write that down. */
final class RecordingHandler {

  private final Recorder recorder;
  private final Duration work;

  RecordingHandler(Recorder recorder, Duration work) {
    this.recorder = recorder;
    this.work = work;
  }

  Handler blocking() {
    return delivery -> run(delivery, started(delivery));
  }

  /** Answers with a stage that a thread of the executor completes. */
  Handler async(Executor executor) {
    return Handler.async(delivery -> {
      HandlerStarted started = started(delivery);
      return later(delivery, started, executor);
    });
  }

  private CompletionStage<?> later(Delivery delivery, HandlerStarted started, Executor executor) {
    var stage = new CompletableFuture<Void>();
    executor.execute(() -> {
      try {
        run(delivery, started);
        stage.complete(null);
      } catch (Throwable failure) {
        stage.completeExceptionally(failure);
      }
    });
    return stage;
  }

  private HandlerStarted started(Delivery delivery) {
    Event event = delivery.event();
    return recorder.started(
        delivery.group(),
        KitEvents.ref(delivery.topic(), event),
        delivery.attempt(),
        new Recorder.LaneRef(delivery.lane(), delivery.fence()),
        delivery.redelivered(),
        KitEvents.digest(event));
  }

  private void run(Delivery delivery, HandlerStarted started) throws InterruptedException {
    try {
      if (!work.isZero()) {
        Thread.sleep(work.toMillis());
      }
      HandlerScript.perform(delivery, recorder);
      recorder.ended(started, Outcome.OK, 0, "");
    } catch (RejectEvent rejection) {
      recorder.ended(started, Outcome.REJECTED, 0, rejection.toString());
      throw rejection;
    } catch (RetryLater later) {
      recorder.ended(started, Outcome.RETRY_LATER, later.delay().toNanos(), later.toString());
      throw later;
    } catch (Throwable failure) {
      recorder.ended(started, Outcome.FAILED, 0, failure.toString());
      throw failure;
    }
  }
}
