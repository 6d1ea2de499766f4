package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SerialTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Serial serial = new Serial();

  @Test
  void anIdleOneRunsATaskAtOnceOnTheCallersThread() {
    var ran = new AtomicReference<Thread>();
    serial.execute(() -> ran.set(Thread.currentThread()));
    assertThat(ran).hasValue(Thread.currentThread());
  }

  @Test
  void aTaskOfATaskRunsAfterIt() {
    var order = new ArrayList<String>();
    serial.execute(() -> {
      serial.execute(() -> order.add("inner"));
      order.add("outer");
    });
    assertThat(order).containsExactly("outer", "inner");
  }

  @Test
  void manyTasksOfTasksNeedNoStack() {
    var count = new int[1];
    serial.execute(() -> again(count, 200_000));
    assertThat(count[0]).isEqualTo(200_000);
  }

  private void again(int[] count, int wanted) {
    if (++count[0] < wanted) {
      serial.execute(() -> again(count, wanted));
    }
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck")
  void tasksOfManyThreadsRunOneAtATimeAndEachThreadsInItsOrder() throws Exception {
    int threads = 4;
    int each = 20_000;
    // Guarded by the serial alone.
    List<int[]> ran = new ArrayList<>();
    var start = new CountDownLatch(1);
    var done = new CountDownLatch(threads * each);
    var workers = new ArrayList<Thread>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      var worker = new Thread(() -> {
        awaited(start);
        for (int i = 0; i < each; i++) {
          int number = i;
          serial.execute(() -> {
            ran.add(new int[] {thread, number});
            done.countDown();
          });
        }
      });
      worker.start();
      workers.add(worker);
    }
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasSize(threads * each);
    for (int t = 0; t < threads; t++) {
      int thread = t;
      assertThat(ran.stream().filter(task -> task[0] == thread).map(task -> task[1]))
          .isSorted();
    }
  }

  private static void awaited(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskThatFailsDoesNotStopTheNext() {
    var ran = new ArrayList<String>();
    serial.execute(() -> {
      throw new IllegalStateException("expected by this test");
    });
    serial.execute(() -> {
      throw new AssertionError("expected by this test");
    });
    serial.execute(() -> ran.add("next"));
    assertThat(ran).containsExactly("next");
  }

  @Test
  void theOutcomeOfACallIsATaskAndItsFailureUnwrapped() {
    var heard = new ArrayList<Object>();
    var call = new CompletableFuture<String>();
    var failing = new CompletableFuture<String>();
    serial.after(call, heard::add, heard::add);
    serial.after(failing.thenApply(String::length), heard::add, heard::add);
    var cause = new IllegalStateException("why");
    serial.execute(() -> {
      call.complete("value");
      failing.completeExceptionally(new CompletionException(cause));
      assertThat(heard).isEmpty();
    });
    await().atMost(LIMIT).until(() -> heard.size() == 2);
    assertThat(heard).containsExactly("value", cause);
  }
}
