package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.engine.Suspicion.Past;
import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuspicionTest {

  private static LaneRecord dirty(int reach, int horizon) {
    return new LaneRecord(true, reach, horizon, null, null, List.of(), new BitSet());
  }

  /** Judges events of these keys in log order, at positions from 0, none tried before. */
  private static List<Integer> suspects(Suspicion suspicion, @Nullable String... keys) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      if (suspicion.suspects(Position.of(i), keys[i], Past.UNKNOWN)) {
        found.add(i);
      }
    }
    return found;
  }

  @Test
  void anOwnerThatReleasedItsLaneLeavesNoSuspects() {
    var clean = new LaneRecord(false, 48, 96, null, null, List.of(), new BitSet());
    var suspicion = new Suspicion(clean, null);
    assertThat(suspicion.isOver()).isTrue();
    assertThat(suspicion.suspects(Position.of(1), "a", Past.UNKNOWN)).isFalse();
    assertThat(suspicion.suspects(Position.of(2), "a", Past.TRIED)).isFalse();
  }

  @Test
  void theFirstEventsOfTheFirstKeysAreSuspects() {
    assertThat(suspects(new Suspicion(dirty(2, 100), null), "a", "b", "c", "d"))
        .containsExactly(0, 1);
  }

  @Test
  void anEventBehindOthersOfItsKeyIsSuspectOnlyIfTheyCouldHaveBeenSettledBeforeIt() {
    assertThat(suspects(new Suspicion(dirty(3, 100), null), "a", "a", "a", "a", "b"))
        .containsExactly(0, 1, 2, 4);
  }

  @Test
  void eventsWithoutAKeyCountForThemselves() {
    assertThat(suspects(new Suspicion(dirty(2, 100), null), null, null, null))
        .containsExactly(0, 1);
  }

  @Test
  void nothingBeyondTheHorizonIsSuspect() {
    var suspicion = new Suspicion(dirty(50, 3), null);
    assertThat(suspects(suspicion, "a", "b", "c", "d", "e")).containsExactly(0, 1, 2);
    assertThat(suspicion.notArrived()).isZero();
  }

  @Test
  void whatWasStoredAfterTheDeathIsNotSuspect() {
    var suspicion = new Suspicion(dirty(50, 100), Position.of(1));
    assertThat(suspects(suspicion, "a", "b", "c")).containsExactly(0, 1);
    assertThat(suspicion.notArrived()).isZero();
  }

  @Test
  void anEventWithFailedAttemptsIsSuspectWhereverItStands() {
    var suspicion = new Suspicion(dirty(1, 2), null);
    assertThat(suspicion.suspects(Position.of(0), "a", Past.UNKNOWN)).isTrue();
    assertThat(suspicion.suspects(Position.of(1), "b", Past.TRIED)).isTrue();
    assertThat(suspicion.suspects(Position.of(2), "c", Past.TRIED)).isTrue();
    assertThat(suspicion.suspects(Position.of(3), "d", Past.UNKNOWN)).isFalse();
    assertThat(suspicion.suspects(Position.of(4), "e", Past.TRIED)).isTrue();
  }

  @Test
  void suspicionLastsUntilAllThatMayHaveRunHaveArrivedAndAreCleared() {
    var suspicion = new Suspicion(dirty(2, 2), null);
    assertThat(suspicion.notArrived()).isEqualTo(2);
    assertThat(suspicion.reach()).isEqualTo(2);
    Slot first = Slots.slot(0);
    assertThat(suspicion.suspects(first.position, null, Past.UNKNOWN)).isTrue();
    suspicion.add(first);
    suspicion.clear(first);
    assertThat(suspicion.isOver()).as("one may still arrive").isFalse();
    assertThat(suspicion.notArrived()).isEqualTo(1);
    assertThat(suspicion.suspects(Position.of(1), null, Past.UNKNOWN)).isTrue();
    assertThat(suspicion.suspects(Position.of(2), null, Past.UNKNOWN)).isFalse();
    assertThat(suspicion.isOver()).isTrue();
    assertThat(suspicion.reach()).isZero();
  }

  @Test
  void theLowestReadySuspectIsNext() {
    var suspicion = new Suspicion(dirty(9, 9), null);
    Slot low = Slots.slot(1);
    Slot high = Slots.slot(2);
    for (Slot slot : List.of(high, low)) {
      suspicion.add(slot);
      suspicion.ready(slot);
    }
    assertThat(suspicion.nextReady()).isSameAs(low);
    suspicion.takeReady(low);
    assertThat(suspicion.nextReady()).isSameAs(high);
    suspicion.clear(high);
    assertThat(suspicion.nextReady()).isNull();
  }

  @Test
  void anEventThatIsNotDueYetWasInNoHandler() {
    var suspicion = new Suspicion(dirty(9, 9), null);
    assertThat(suspicion.suspects(Position.of(0), "a", Past.WAITING)).isFalse();
    assertThat(suspicion.suspects(Position.of(1), "b", Past.UNKNOWN)).isTrue();
  }

  @Test
  void aKeyWhoseFirstEventHasFailedTakesNobodysPlace() {
    var suspicion = new Suspicion(dirty(1, 9), null);
    assertThat(suspicion.suspects(Position.of(0), "a", Past.TRIED)).isTrue();
    assertThat(suspicion.suspects(Position.of(1), "b", Past.UNKNOWN)).isTrue();
    assertThat(suspicion.suspects(Position.of(2), "c", Past.UNKNOWN)).isFalse();
  }

  @Test
  void clearingTwiceCountsOnce() {
    var suspicion = new Suspicion(dirty(9, 1), null);
    assertThat(suspicion.suspects(Position.of(1), "a", Past.UNKNOWN)).isTrue();
    assertThat(suspicion.suspects(Position.of(2), "b", Past.UNKNOWN)).isFalse();
    Slot one = Slots.slot(1);
    Slot other = Slots.slot(2);
    suspicion.add(one);
    suspicion.add(other);
    suspicion.clear(one);
    suspicion.clear(one);
    assertThat(suspicion.isOver()).isFalse();
    suspicion.clear(other);
    assertThat(suspicion.isOver()).isTrue();
  }

  @Test
  void aMarkCountsOnceItIsDurable() {
    var suspicion = new Suspicion(dirty(9, 9), null);
    assertThat(suspicion.markIsDurable(100)).as("without a mark").isFalse();
    Slot slot = Slots.slot(1);
    suspicion.mark(slot, 5);
    assertThat(suspicion.marked()).isSameAs(slot);
    assertThat(suspicion.markIsDurable(4)).isFalse();
    assertThat(suspicion.markIsDurable(5)).isTrue();
    suspicion.unmark(7);
    assertThat(suspicion.marked()).isNull();
    assertThat(suspicion.unmarkIsDurable(6)).isFalse();
    assertThat(suspicion.unmarkIsDurable(7)).isTrue();
  }

  /** An owner that keeps its promise: lowest first, one of a key, no more than its reach unrecorded. */
  private static final class Owner {
    final List<String> keys;
    final Set<Integer> running = new HashSet<>();
    private final TreeSet<Integer> fresh = new TreeSet<>();
    private final TreeSet<Integer> retries = new TreeSet<>();
    private final Set<Integer> tried = new HashSet<>();
    private final int reach;
    private final int horizon;
    private int unrecorded;

    Owner(List<String> keys, int reach, int horizon, Random random) {
      this.keys = keys;
      this.reach = reach;
      this.horizon = horizon;
      var seen = new HashSet<String>();
      for (int i = 0; i < keys.size(); i++) {
        if (seen.add(keys.get(i))) {
          boolean failedBefore = i < horizon && random.nextInt(4) == 0;
          (failedBefore ? retries : fresh).add(i);
          if (failedBefore) {
            tried.add(i);
          }
        }
      }
    }

    Past past(int event) {
      return tried.contains(event) ? Past.TRIED : Past.UNKNOWN;
    }

    void step(Random random) {
      int choice = random.nextInt(4);
      if (choice < 2 && !running.isEmpty()) {
        int done = List.copyOf(running).get(random.nextInt(running.size()));
        running.remove(done);
        unrecorded++;
        int next = done + 1;
        while (next < keys.size() && !keys.get(next).equals(keys.get(done))) {
          next++;
        }
        if (next < keys.size()) {
          fresh.add(next);
        }
      } else if (choice == 2 && !retries.isEmpty()) {
        running.add(retries.pollFirst());
      } else if (!fresh.isEmpty()
          && fresh.first() < horizon
          && unrecorded + running.size() < reach) {
        running.add(fresh.pollFirst());
      }
    }
  }

  @Test
  void whateverRanWhenTheOwnerDiedIsSuspect() {
    for (long seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      int kinds = 1 + random.nextInt(20);
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        keys.add("k" + random.nextInt(kinds));
      }
      int reach = 1 + random.nextInt(12);
      int horizon = 1 + random.nextInt(60);
      var owner = new Owner(keys, reach, horizon, random);
      for (int steps = random.nextInt(60); steps > 0; steps--) {
        owner.step(random);
      }
      var suspicion = new Suspicion(dirty(reach, horizon), null);
      Set<Integer> suspects = new HashSet<>();
      for (int i = 0; i < keys.size(); i++) {
        if (suspicion.suspects(Position.of(i), keys.get(i), owner.past(i))) {
          suspects.add(i);
        }
      }
      assertThat(suspects)
          .as("seed %d: keys %s, reach %d, horizon %d", seed, keys, reach, horizon)
          .containsAll(owner.running);
    }
  }
}
