package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.eventbus.Handler;
import dev.eventbus.Profile;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.spi.JoinRequest.GroupKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HandlerRunnerTest {

  private final LaneWork lane = Slots.lane(0);
  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final List<String> handled = new ArrayList<>();
  private final Handler recording = delivery -> handled.add(delivery.event().id());
  private final WorkerRuntime runtime = new WorkerRuntime(workers::add);
  private final HandlerRunner runner = new HandlerRunner(runtime, recording, 2);

  /** Its mailbox is never run: only the runner is under test. */
  private final SubscriptionLoop loop = new SubscriptionLoop(
      new SubscriptionSpec(
          "orders", "billing", GroupKind.DURABLE, SubscribeOptions.defaults(), Profile.RELIABLE),
      recording,
      new MemoryDriver(),
      new VirtualRuntime(),
      new SuspectTurn());

  private Attempt attempt(long number) {
    Slot slot = Slots.slot(number);
    return new Attempt(loop, lane, slot, Objects.requireNonNull(slot.event()));
  }

  @Test
  void whileHandlersAreQuickOneWorkerDoes() {
    runner.offer(attempt(1));
    runner.offer(attempt(2));
    runner.offer(attempt(3));
    assertThat(workers).hasSize(1);
  }

  @Test
  void attemptsThatHaveWaitedGetWorkersUpToTheConcurrency() {
    runner.offer(attempt(1));
    runner.offer(attempt(2));
    runner.offer(attempt(3));
    runtime.ring();
    assertThat(workers).hasSize(2);
  }

  @Test
  void attemptsThatNoLongerWaitGetNone() {
    runner.offer(attempt(1));
    runner.offer(attempt(2));
    workers.remove().run();
    runtime.ring();
    assertThat(workers).isEmpty();
    assertThat(handled).containsExactly("e1", "e2");
  }

  @Test
  void whenHandlersHaveBeenSlowEachAttemptGetsAWorkerAtOnce() {
    runtime.step = 10_000_000;
    runner.offer(attempt(1));
    workers.remove().run();
    runner.offer(attempt(2));
    runner.offer(attempt(3));
    runner.offer(attempt(4));
    assertThat(workers).hasSize(2);
  }

  @Test
  void oneWorkerRunsAllThatWaitInTheirOrder() {
    for (int i = 1; i <= 5; i++) {
      runner.offer(attempt(i));
    }
    workers.remove().run();
    assertThat(handled).containsExactly("e1", "e2", "e3", "e4", "e5");
  }

  @Test
  void afterTheWorkersHaveEndedAnAttemptStartsANewOne() {
    runner.offer(attempt(1));
    workers.remove().run();
    runner.offer(attempt(2));
    workers.remove().run();
    assertThat(handled).containsExactly("e1", "e2");
  }

  @Test
  void aWithdrawnAttemptIsNotHandled() {
    Attempt withdrawn = attempt(1);
    runner.offer(withdrawn);
    runner.offer(attempt(2));
    assertThat(withdrawn.withdraw()).isTrue();
    workers.remove().run();
    assertThat(handled).containsExactly("e2");
  }

  @Test
  void anAttemptThatHasRunCannotBeWithdrawn() {
    Attempt done = attempt(1);
    runner.offer(done);
    workers.remove().run();
    assertThat(done.withdraw()).isFalse();
    assertThat(done.outcome()).isEqualTo(Attempt.Outcome.SUCCEEDED);
  }

  @Test
  void aHandlerThatThrowsDoesNotEndItsWorker() {
    var throwing = new HandlerRunner(
        runtime,
        delivery -> {
          handled.add(delivery.event().id());
          throw new AssertionError("a panic");
        },
        1);
    Attempt first = attempt(1);
    throwing.offer(first);
    throwing.offer(attempt(2));
    workers.remove().run();
    assertThat(handled).containsExactly("e1", "e2");
    assertThat(first.outcome()).isEqualTo(Attempt.Outcome.FAILED);
    assertThat(first.failure()).isInstanceOf(AssertionError.class).hasMessage("a panic");
  }

  @Test
  void anAttemptThatTheExecutorRefusesStaysQueuedForALaterWorker() {
    var refusals = new AtomicInteger(1);
    var refused = new HandlerRunner(
        new WorkerRuntime(task -> {
          if (refusals.getAndDecrement() > 0) {
            throw new RejectedExecutionException("full");
          }
          workers.add(task);
        }),
        recording,
        1);
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> refused.offer(attempt(1)));
    refused.offer(attempt(2));
    workers.remove().run();
    assertThat(handled).containsExactly("e1", "e2");
  }

  @Test
  void noAttemptIsLostAndTheConcurrencyHolds() throws InterruptedException {
    int attempts = 5_000;
    int concurrency = 3;
    var done = new CountDownLatch(attempts);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    Set<String> ids = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(concurrency + 3);
    try {
      var busyRuntime = new WorkerRuntime(threads);
      busyRuntime.step = 10_000_000;
      var busy = new HandlerRunner(
          busyRuntime,
          delivery -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            ids.add(delivery.event().id());
            LockSupport.parkNanos(1);
            running.decrementAndGet();
            done.countDown();
          },
          concurrency);
      for (int i = 0; i < attempts; i++) {
        busy.offer(attempt(i));
      }
      assertThat(done.await(30, TimeUnit.SECONDS))
          .as("all attempts were handled; %d were not", done.getCount())
          .isTrue();
      assertThat(ids).hasSize(attempts);
      assertThat(most.get()).isLessThanOrEqualTo(concurrency);
    } finally {
      threads.shutdownNow();
    }
  }
}
