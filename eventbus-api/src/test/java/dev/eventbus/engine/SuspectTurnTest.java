package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SuspectTurnTest {

  private final SuspectTurn turn = new SuspectTurn();
  private final List<String> granted = new ArrayList<>();

  @Test
  void aFreeTurnIsGrantedAtOnce() {
    turn.ask(() -> granted.add("a"));
    assertThat(granted).containsExactly("a");
  }

  @Test
  void aSecondOneWaitsUntilTheFirstGivesUp() {
    turn.ask(() -> granted.add("a"));
    turn.ask(() -> granted.add("b"));
    assertThat(granted).containsExactly("a");
    turn.giveUp();
    assertThat(granted).containsExactly("a", "b");
  }

  @Test
  void theTurnGoesRoundInTheOrderOfAsking() {
    turn.ask(() -> granted.add("a"));
    turn.ask(() -> granted.add("b"));
    turn.ask(() -> granted.add("c"));
    turn.giveUp();
    turn.ask(() -> granted.add("d"));
    turn.giveUp();
    turn.giveUp();
    assertThat(granted).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aTurnThatAllHaveGivenUpIsFreeAgain() {
    turn.ask(() -> granted.add("a"));
    turn.giveUp();
    turn.ask(() -> granted.add("b"));
    assertThat(granted).containsExactly("a", "b");
  }

  @Test
  void aGrantMayAskAndGiveUpAtOnce() {
    turn.ask(() -> granted.add("a"));
    turn.ask(() -> {
      granted.add("b");
      turn.giveUp();
    });
    turn.ask(() -> granted.add("c"));
    turn.giveUp();
    assertThat(granted).containsExactly("a", "b", "c");
  }

  @Test
  void twoThreadsNeverHoldItTogether() throws InterruptedException {
    int askers = 4;
    int each = 2_000;
    var done = new CountDownLatch(askers * each);
    var holders = new AtomicInteger();
    var most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      for (int i = 0; i < askers; i++) {
        threads.execute(() -> {
          for (int n = 0; n < each; n++) {
            turn.ask(() -> threads.execute(() -> {
              most.accumulateAndGet(holders.incrementAndGet(), Math::max);
              holders.decrementAndGet();
              turn.giveUp();
              done.countDown();
            }));
          }
        });
      }
      assertThat(done.await(30, TimeUnit.SECONDS))
          .as("every asker had its turn")
          .isTrue();
      assertThat(most).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
