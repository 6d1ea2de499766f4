package dev.eventbus.conformance.sabotage;

import dev.eventbus.AsyncHandler;
import dev.eventbus.Delivery;
import dev.eventbus.Handler;
import dev.eventbus.RejectEvent;
import dev.eventbus.RetryLater;
import dev.eventbus.SubscribeOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Handlers that are called in the wrong way, one for each saboteur that needs no driver. */
final class SabotagedHandlers {

  private SabotagedHandlers() {}

  /** The handler as the saboteur calls it; the handler itself where the saboteur works elsewhere. */
  static Handler apply(Saboteur saboteur, Handler handler, SubscribeOptions options) {
    return switch (saboteur) {
      case HANDLES_AFTER_ACK -> delivery -> detached(() -> handler.handle(delivery));
      case HANDS_OUT_TWICE -> delivery -> twice(handler, delivery);
      case HANDS_OUT_REDELIVERED_TWICE ->
        delivery -> {
          handler.handle(delivery);
          if (delivery.redelivered()) {
            handler.handle(delivery);
          }
        };
      case SWALLOWS_FAILURES -> delivery -> swallow(handler, delivery);
      case ACKS_BEGUN_STAGES -> begun(handler);
      case RUNS_ONE_AT_A_TIME -> oneAtATime(handler);
      case HOLDS_ALL_BEHIND_A_FAILURE -> new HoldingHandler(handler, options.maxAttempts());
      case HANDS_OUT_AGAIN_AFTER_THE_LEASE -> again(handler, options.lease().toMillis());
      case FENCE_STANDS_STILL -> delivery -> handler.handle(SabotagedDelivery.fence(delivery, 1));
      case FORGETS_ATTEMPTS -> delivery -> handler.handle(SabotagedDelivery.attempt(delivery, 1));
      case RETRIES_AT_ONCE -> delivery -> retryAtOnce(handler, delivery, options.maxAttempts());
      case RETRIES_REJECTED ->
        delivery -> {
          try {
            handler.handle(delivery);
          } catch (RejectEvent rejection) {
            throw new IllegalStateException(rejection);
          }
        };
      case IGNORES_RETRY_LATER ->
        delivery -> {
          try {
            handler.handle(delivery);
          } catch (RetryLater later) {
            throw new IllegalStateException(later);
          }
        };
      default -> handler;
    };
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void detached(Work work) {
    var thread = new Thread(() -> quietly(work), "saboteur");
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("EmptyCatch") // the history has the handler's own word
  private static void quietly(Work work) {
    try {
      work.run();
    } catch (Throwable failure) {
      // swallowed on purpose
    }
  }

  private static void twice(Handler handler, Delivery delivery) throws Exception {
    handler.handle(delivery);
    handler.handle(delivery);
  }

  private static void swallow(Handler handler, Delivery delivery) {
    quietly(() -> handler.handle(delivery));
  }

  private static Handler begun(Handler handler) {
    if (!(handler instanceof AsyncHandler async)) {
      return handler;
    }
    return Handler.async(delivery -> {
      var ignored = async.start(delivery);
      return CompletableFuture.completedFuture(null);
    });
  }

  private static Handler oneAtATime(Handler handler) {
    var lock = new ReentrantLock();
    return delivery -> {
      lock.lockInterruptibly();
      try {
        handler.handle(delivery);
      } finally {
        lock.unlock();
      }
    };
  }

  private static Handler again(Handler handler, long leaseMillis) {
    return delivery -> {
      var done = new CompletableFuture<Void>();
      detached(() -> {
        try {
          done.get(leaseMillis, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException outlived) {
          handler.handle(delivery);
        }
      });
      try {
        handler.handle(delivery);
      } finally {
        done.complete(null);
      }
    };
  }

  private static void retryAtOnce(Handler handler, Delivery delivery, int maxAttempts)
      throws Exception {
    int attempt = delivery.attempt();
    while (true) {
      try {
        handler.handle(SabotagedDelivery.attempt(delivery, attempt));
        return;
      } catch (IllegalStateException failure) {
        attempt++;
        if (attempt > maxAttempts) {
          throw new RejectEvent("exhausted", failure);
        }
      }
    }
  }
}
