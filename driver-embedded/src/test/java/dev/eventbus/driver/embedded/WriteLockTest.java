package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer at a time, whoever waits, whatever interrupts. */
class WriteLockTest {

  @TempDir
  private Path folder;

  private WriteLock lock;

  @BeforeEach
  void open() {
    lock = new WriteLock(folder.resolve("bus.db.wlock"));
  }

  @AfterEach
  void close() throws Exception {
    lock.close();
  }

  private CompletableFuture<Boolean> tryElsewhere(AtomicBoolean stop) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        boolean held = lock.lock(stop::get);
        if (held) {
          lock.unlock();
        }
        return held;
      } catch (java.io.IOException failure) {
        throw new AssertionError(failure);
      }
    });
  }

  @Test
  void theNextWriterWaits() throws Exception {
    assertThat(lock.lock(() -> false)).isTrue();
    var next = tryElsewhere(new AtomicBoolean());
    assertThat(next).isNotDone();
    lock.unlock();
    assertThat(Drivers.get(next)).isTrue();
  }

  @Test
  void whoeverIsStoppedGetsNothingAndBlocksNobody() throws Exception {
    assertThat(lock.lock(() -> false)).isTrue();
    assertThat(Drivers.get(tryElsewhere(new AtomicBoolean(true)))).isFalse();
    lock.unlock();
    assertThat(Drivers.get(tryElsewhere(new AtomicBoolean()))).isTrue();
  }

  @Test
  void anInterruptDoesNotCostTheLock() throws Exception {
    for (int i = 0; i < 3; i++) {
      Thread.currentThread().interrupt();
      assertThat(lock.lock(() -> false)).isTrue();
      assertThat(lock.holder()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
      lock.unlock();
      Thread.interrupted();
    }
  }

  @Test
  void aWaitingForAnotherProcessCanBeBrokenOff() throws Exception {
    try (Child holder = new Child(folder.resolve("bus.db"), "lock")) {
      await().until(() -> !holder.said("locked").isEmpty());
      var stop = new AtomicBoolean();
      var held = new CompletableFuture<Boolean>();
      var waiter = new Thread(() -> {
        try {
          held.complete(lock.lock(stop::get));
        } catch (java.io.IOException failure) {
          held.completeExceptionally(failure);
        }
      });
      waiter.start();
      await().until(() -> lock.holder().equals(Long.toString(holder.pid())));
      assertThat(held).isNotDone();
      stop.set(true);
      await().until(() -> {
        lock.abort(waiter);
        return held.isDone();
      });
      assertThat(held.join()).isFalse();
      waiter.join();
    }
    assertThat(lock.lock(() -> false)).isTrue();
    lock.unlock();
  }
}
