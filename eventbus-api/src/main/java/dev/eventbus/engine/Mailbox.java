package dev.eventbus.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Messages for one owner of state. Any thread posts; one thread at a time runs them, in the order of
 * their posting, and then {@code afterBatch} once.
 *
 * <p>Invariant: {@code scheduled} is true while a run is queued or under way, and a message that is
 * posted is seen by that run or causes another.
 */
final class Mailbox implements Runnable {

  private static final int BATCH = 256;

  private final ConcurrentLinkedQueue<Runnable> messages = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final EngineRuntime runtime;
  private final Runnable afterBatch;

  Mailbox(EngineRuntime runtime, Runnable afterBatch) {
    this.runtime = runtime;
    this.afterBatch = afterBatch;
  }

  void post(Runnable message) {
    messages.add(message);
    wake();
  }

  /**
   * Has {@code afterBatch} run, also without a message. When the runtime is closed nothing is left
   * that a message could be about: it is dropped, for a driver's thread must not see an error.
   */
  void wake() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      try {
        runtime.loops().execute(this);
      } catch (RejectedExecutionException closed) {
        scheduled.set(false);
      }
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < BATCH; i++) {
      Runnable message = messages.poll();
      if (message == null) {
        break;
      }
      runGuarded(message);
    }
    runGuarded(afterBatch);
    scheduled.set(false);
    if (!messages.isEmpty()) {
      wake();
    }
  }

  /** A message that throws is a defect of the engine; the ones behind it still have their turn. */
  private void runGuarded(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException | Error defect) {
      runtime.defect(defect);
    }
  }
}
