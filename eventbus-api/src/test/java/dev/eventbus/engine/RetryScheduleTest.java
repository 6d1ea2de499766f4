package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private final RetrySchedule schedule = new RetrySchedule();
  private final LaneWork lane = Slots.lane(0);
  private final Slot early = Slots.slot(1);
  private final Slot late = Slots.slot(2);

  private List<Slot> due(long now) {
    var slots = new ArrayList<Slot>();
    schedule.drainDue(now, (work, slot) -> slots.add(slot));
    return slots;
  }

  @Test
  void nothingIsHandedOutBeforeItIsDue() {
    schedule.add(100, lane, early);
    assertThat(due(99)).isEmpty();
    assertThat(schedule.untilNext(99)).isEqualTo(1);
    assertThat(due(100)).containsExactly(early);
    assertThat(schedule.size()).isZero();
  }

  @Test
  void theEarliestComesFirst() {
    schedule.add(200, lane, late);
    schedule.add(100, lane, early);
    assertThat(schedule.untilNext(0)).isEqualTo(100);
    assertThat(due(300)).containsExactly(early, late);
  }

  @Test
  void anEmptyScheduleWakesNobody() {
    assertThat(schedule.untilNext(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsOverdueIsDueNow() {
    schedule.add(100, lane, early);
    assertThat(schedule.untilNext(500)).isZero();
  }

  @Test
  void aClockThatWrapsAroundKeepsTheOrder() {
    long beforeWrap = Long.MAX_VALUE - 10;
    schedule.add(beforeWrap + 20, lane, late);
    schedule.add(beforeWrap + 5, lane, early);
    assertThat(schedule.untilNext(beforeWrap)).isEqualTo(5);
    assertThat(due(beforeWrap + 5)).containsExactly(early);
    assertThat(due(beforeWrap + 20)).containsExactly(late);
  }

  @Test
  void aLaneThatIsGoneIsForgotten() {
    schedule.add(100, lane, early);
    schedule.add(100, Slots.lane(1), late);
    schedule.forget(lane);
    assertThat(due(100)).containsExactly(late);
  }
}
