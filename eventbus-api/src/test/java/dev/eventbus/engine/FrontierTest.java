package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {

  private static final long SEED = 42;

  private final Frontier frontier = new Frontier(Position.of(9));
  private final Slot first = Slots.slot(10);
  private final Slot second = Slots.slot(11);
  private final Slot third = Slots.slot(15);

  private void addAll() {
    frontier.add(first);
    frontier.add(second);
    frontier.add(third);
  }

  @Test
  void floorDoesNotPassAGap() {
    addAll();
    frontier.settle(third);
    frontier.settle(second);
    assertThat(frontier.floor()).isEqualTo(Position.of(9));
    assertThat(frontier.settledAhead()).isEqualTo(2);
    assertThat(frontier.lowest()).isSameAs(first);
  }

  @Test
  void floorPassesAllThatIsContiguousAtOnce() {
    addAll();
    frontier.settle(third);
    frontier.settle(second);
    frontier.settle(first);
    assertThat(frontier.floor()).isEqualTo(Position.of(15));
    assertThat(frontier.span()).isZero();
    assertThat(frontier.settledAhead()).isZero();
    assertThat(frontier.lowest()).isNull();
  }

  @Test
  void missingPositionsOfTheLogAreNoGap() {
    addAll();
    frontier.settle(first);
    frontier.settle(second);
    assertThat(frontier.floor()).isEqualTo(Position.of(11));
    frontier.settle(third);
    assertThat(frontier.floor()).isEqualTo(Position.of(15));
  }

  @Test
  void aNewLaneHasNoFloorUntilAnEventIsSettled() {
    var fresh = new Frontier(null);
    assertThat(fresh.floor()).isNull();
    fresh.add(first);
    assertThat(fresh.floor()).isNull();
    fresh.settle(first);
    assertThat(fresh.floor()).isEqualTo(Position.of(10));
  }

  @Test
  void anEventThatArrivesSettledCountsAhead() {
    second.state = Slot.State.SETTLED;
    addAll();
    assertThat(frontier.settledAhead()).isEqualTo(1);
    assertThat(frontier.unsettled()).isEqualTo(2);
    frontier.settle(first);
    assertThat(frontier.floor()).isEqualTo(Position.of(11));
  }

  @Test
  void anEventThatArrivesSettledAtTheFloorMovesIt() {
    first.state = Slot.State.SETTLED;
    frontier.add(first);
    assertThat(frontier.floor()).isEqualTo(Position.of(10));
    assertThat(frontier.span()).isZero();
  }

  @Test
  void aSettledEventHoldsNoPayload() {
    addAll();
    frontier.settle(second);
    assertThat(second.content).isNull();
    assertThat(first.content).isNotNull();
  }

  @Test
  void anEventIsFoundUntilTheFloorHasPassedIt() {
    addAll();
    assertThat(frontier.find(Position.of(11))).isSameAs(second);
    assertThat(frontier.find(Position.of(12))).isNull();
    frontier.settle(first);
    assertThat(frontier.find(Position.of(10))).isNull();
  }

  @Test
  void inAnyOrderOfSettlingTheFloorIsTheHighestContiguousOne() {
    var random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      var tested = new Frontier(null);
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Slot slot = Slots.slot(i);
        slots.add(slot);
        tested.add(slot);
      }
      List<Slot> shuffled = new ArrayList<>(slots);
      Collections.shuffle(shuffled, random);
      for (Slot slot : shuffled) {
        Position before = tested.floor();
        tested.settle(slot);
        long contiguous =
            slots.stream().takeWhile(one -> one.state == Slot.State.SETTLED).count();
        Position floor = tested.floor();
        assertThat(floor == null ? 0 : floor.minor() + 1)
            .as("seed %d, round %d", SEED, round)
            .isEqualTo(contiguous);
        assertThat(before == null || before.compareTo(floor) <= 0).isTrue();
        assertThat(tested.span()).isEqualTo((int) (40 - contiguous));
      }
    }
  }
}
