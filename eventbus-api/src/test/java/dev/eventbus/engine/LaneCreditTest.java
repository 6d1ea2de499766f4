package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneCreditTest {

  private static final int MAX_SPAN = 100;
  private static final long MOST = 32_000;

  private final LaneCredit.Pool pool = new LaneCredit.Pool(MOST);
  private final LaneCredit credit = new LaneCredit(pool, MAX_SPAN);
  private final TestLane lane = new TestLane(0);

  @Test
  void aNewLaneAsksForItsWholeSpanAndItsShareOfTheBytes() {
    credit.ask(lane, 0);
    assertThat(lane.askedEvents).isEqualTo(MAX_SPAN);
    assertThat(lane.askedBytes).isEqualTo(MOST / 32);
  }

  @Test
  void askingTwiceAsksOnce() {
    credit.ask(lane, 0);
    credit.ask(lane, 0);
    assertThat(lane.askedEvents).isEqualTo(MAX_SPAN);
    assertThat(lane.askedBytes).isEqualTo(MOST / 32);
  }

  @Test
  void roomIsAskedForInStepsOfAQuarterOfTheSpan() {
    credit.ask(lane, 0);
    for (int i = 0; i < MAX_SPAN; i++) {
      credit.arrived(1);
    }
    credit.ask(lane, MAX_SPAN - 24);
    assertThat(lane.askedEvents).isEqualTo(MAX_SPAN);
    credit.ask(lane, MAX_SPAN - 25);
    assertThat(lane.askedEvents).isEqualTo(MAX_SPAN + 25);
  }

  @Test
  void bytesAreHeldUntilTheEventIsSettled() {
    credit.ask(lane, 0);
    credit.arrived(400);
    assertThat(pool.held()).isEqualTo(400);
    credit.released(400);
    assertThat(pool.held()).isZero();
  }

  @Test
  void anEventLargerThanAllTheRoomStillComesAlone() {
    credit.ask(lane, 0);
    assertThat(lane.delivers(1_000_000)).isTrue();
    credit.arrived(1_000_000);
    credit.ask(lane, 1);
    assertThat(lane.delivers(1)).as("while it is held nothing follows").isFalse();
    credit.released(1_000_000);
    credit.ask(lane, 0);
    assertThat(lane.delivers(1_000_000)).isTrue();
  }

  @Test
  void aLaneThatHoldsNothingGetsAnEventAlthoughOthersHoldAllTheRoom() {
    List<TestLane> lanes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      var other = new TestLane(i);
      var its = new LaneCredit(pool, MAX_SPAN);
      its.ask(other, 0);
      if (other.delivers(1_000)) {
        its.arrived(1_000);
      }
      lanes.add(other);
    }
    credit.ask(lane, 0);
    assertThat(lanes).hasSize(40);
    assertThat(pool.free()).isZero();
    assertThat(lane.delivers(10)).isTrue();
  }

  @Test
  void aLaneThatIsGoneGivesBackAllItHeldAndAskedFor() {
    credit.ask(lane, 0);
    credit.arrived(400);
    credit.close();
    assertThat(pool.held()).isZero();
    assertThat(pool.free()).isEqualTo(MOST);
  }

  /** A lane whose events are settled in any order while the driver delivers what it may. */
  private static final class Side {
    final TestLane lane;
    final LaneCredit credit;
    final List<Integer> unsettled = new ArrayList<>();
    final Queue<Integer> log = new ArrayDeque<>();

    Side(int number, LaneCredit.Pool pool) {
      lane = new TestLane(number);
      credit = new LaneCredit(pool, MAX_SPAN);
    }

    void deliver() {
      while (!log.isEmpty() && lane.delivers(log.element())) {
        int bytes = log.remove();
        credit.arrived(bytes);
        unsettled.add(bytes);
      }
    }
  }

  @Test
  void whatIsReadStaysBoundedInEventsAndBytesAndNothingStarves() {
    int maxEvent = 3_000;
    for (long seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      var shared = new LaneCredit.Pool(MOST);
      List<Side> sides = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(50); i++) {
        sides.add(new Side(i, shared));
      }
      for (int step = 0; step < 2_000; step++) {
        Side side = sides.get(random.nextInt(sides.size()));
        switch (random.nextInt(3)) {
          case 0 -> side.log.add(random.nextInt(4) == 0 ? maxEvent : random.nextInt(200));
          case 1 -> {
            if (!side.unsettled.isEmpty()) {
              int settled = side.unsettled.remove(random.nextInt(side.unsettled.size()));
              side.credit.released(settled);
            }
          }
          default -> {
            side.credit.ask(side.lane, side.unsettled.size());
            side.deliver();
          }
        }
        assertThat(side.unsettled.size()).as("seed %d", seed).isLessThanOrEqualTo(MAX_SPAN);
        assertThat(shared.held())
            .as("seed %d, step %d: bytes held by %d lanes", seed, step, sides.size())
            .isLessThanOrEqualTo(MOST + 2L * sides.size() * maxEvent)
            .isEqualTo(sides.stream()
                .flatMap(one -> one.unsettled.stream())
                .mapToLong(i -> i)
                .sum());
      }
      for (Side side : sides) {
        while (!side.log.isEmpty()) {
          int before = side.log.size();
          side.unsettled.forEach(side.credit::released);
          side.unsettled.clear();
          side.credit.ask(side.lane, 0);
          side.deliver();
          assertThat(side.log.size()).as("seed %d: a lane starves", seed).isLessThan(before);
        }
      }
    }
  }
}
