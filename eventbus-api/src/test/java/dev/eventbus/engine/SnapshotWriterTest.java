package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.DriverTraits.SettledAhead;
import org.junit.jupiter.api.Test;

class SnapshotWriterTest {

  private static String record(LaneWork lane) {
    Snapshot snapshot = lane.snapshot();
    lane.committed(snapshot, 0);
    return snapshot.progress().record();
  }

  private static LaneWork laneWithEvents(SettledAhead keeper) {
    LaneWork lane = Slots.lane(0, new DriverTraits(keeper, 4000));
    for (int i = 1; i <= 300; i++) {
      lane.arrived(Slots.event(i, "k" + i % 25), 0);
    }
    return lane;
  }

  private static void settleLowest(LaneWork lane) {
    Slot lowest = lane.frontier().lowest();
    assertThat(lowest).isNotNull();
    lane.take(lowest);
    lane.started(lowest);
    lane.ended();
    lane.settled(lowest, 0);
  }

  @Test
  void theRecordOfALaneWhoseBrokerKnowsWhatIsSettledStaysTheSameWhileAllGoesWell() {
    LaneWork lane = laneWithEvents(SettledAhead.BROKER);
    String first = record(lane);
    for (int i = 0; i < 40; i++) {
      settleLowest(lane);
      assertThat(record(lane)).isEqualTo(first);
    }
  }

  @Test
  void aFailedAttemptIsInTheRecordWhoeverKnowsWhatIsSettled() {
    LaneWork lane = laneWithEvents(SettledAhead.BROKER);
    String before = record(lane);
    Slot lowest = lane.frontier().lowest();
    assertThat(lowest).isNotNull();
    lane.take(lowest);
    lane.started(lowest);
    lane.ended();
    lane.failed(lowest, 1, 0);
    assertThat(record(lane)).isNotEqualTo(before);
  }

  @Test
  void theRecordThatTellsWhatIsSettledNamesThePlaceItCountsFrom() {
    LaneWork lane = laneWithEvents(SettledAhead.RECORD);
    String first = record(lane);
    settleLowest(lane);
    assertThat(record(lane)).isNotEqualTo(first);
  }
}
