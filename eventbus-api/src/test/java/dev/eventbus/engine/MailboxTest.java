package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.ConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private final VirtualRuntime runtime = new VirtualRuntime();
  private final List<String> seen = new ArrayList<>();
  private final Mailbox mailbox = new Mailbox(runtime, () -> seen.add("after"));

  @Test
  void messagesRunInTheOrderOfTheirPosting() {
    mailbox.post(() -> seen.add("a"));
    mailbox.post(() -> seen.add("b"));
    mailbox.post(() -> seen.add("c"));
    assertThat(runtime.queued()).isEqualTo(1);
    runtime.run();
    assertThat(seen).containsExactly("a", "b", "c", "after");
  }

  @Test
  void aMessageThatThrowsDoesNotStopTheOthers() {
    var exception = new IllegalStateException("a defect");
    var error = new AssertionError("another one");
    mailbox.post(() -> {
      throw exception;
    });
    mailbox.post(() -> {
      throw error;
    });
    mailbox.post(() -> seen.add("b"));
    runtime.run();
    mailbox.post(() -> seen.add("c"));
    runtime.run();
    assertThat(seen).containsExactly("b", "after", "c", "after");
    assertThat(runtime.defects).containsExactly(exception, error);
  }

  @Test
  void whatAMessagePostsRunsToo() {
    mailbox.post(() -> mailbox.post(() -> seen.add("inner")));
    runtime.run();
    assertThat(seen).startsWith("inner");
  }

  @Test
  void whatIsPostedAfterTheBatchRunsToo() {
    var posted = new AtomicBoolean();
    List<String> order = new ArrayList<>();
    var self = new Mailbox[1];
    self[0] = new Mailbox(runtime, () -> {
      order.add("after");
      if (posted.compareAndSet(false, true)) {
        self[0].post(() -> order.add("late"));
      }
    });
    self[0].post(() -> order.add("first"));
    runtime.run();
    assertThat(order).containsExactly("first", "after", "late", "after");
  }

  @Test
  void aLongQueueLetsOtherLoopsRunInBetween() {
    for (int i = 0; i < 600; i++) {
      mailbox.post(() -> seen.add("m"));
    }
    runtime.runOne();
    assertThat(seen).hasSizeLessThan(600);
    assertThat(runtime.queued()).isEqualTo(1);
    runtime.run();
    assertThat(seen).filteredOn("m"::equals).hasSize(600);
  }

  @Test
  void noWakeUpIsLostAmongFourPostingThreads() throws InterruptedException {
    int posters = 4;
    int each = 20_000;
    var done = new CountDownLatch(posters * each);
    int[] next = new int[posters];
    var inside = new AtomicBoolean();
    var defects = new ArrayList<String>();
    EngineRuntime loops = BusFactory.liveRuntime(ConnectOptions.defaults());
    ExecutorService threads = Executors.newFixedThreadPool(posters);
    try {
      var shared = new Mailbox(loops, () -> {});
      for (int p = 0; p < posters; p++) {
        int poster = p;
        threads.execute(() -> {
          for (int n = 0; n < each; n++) {
            int number = n;
            shared.post(() -> {
              if (!inside.compareAndSet(false, true)) {
                defects.add("two at once");
              }
              if (next[poster]++ != number) {
                defects.add("poster " + poster + " out of order at " + number);
              }
              inside.set(false);
              done.countDown();
            });
          }
        });
      }
      assertThat(done.await(30, TimeUnit.SECONDS))
          .as("all messages ran; %d did not", done.getCount())
          .isTrue();
      assertThat(defects).isEmpty();
    } finally {
      threads.shutdownNow();
      loops.close();
    }
  }
}
