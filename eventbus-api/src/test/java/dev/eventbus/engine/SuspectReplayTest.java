package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The process's turn, from before a suspect is written down until it is durable that it is none. */
class SuspectReplayTest {

  private static final LaneRecord LEFT =
      new LaneRecord(true, 10, 10, Position.of(1), null, List.of(), new BitSet());

  private final SuspectTurn turn = new SuspectTurn();
  private final LaneTable lanes = new LaneTable();
  private final AtomicBoolean granted = new AtomicBoolean();
  private final SuspectReplay replay = new SuspectReplay(turn, lanes, () -> granted.set(true));
  private final LaneWork lane = new LaneWork(
      new LaneContext(
          LaneLimits.of(100, 16, Slots.TRAITS),
          Slots.TRAITS.settledAhead(),
          new RetrySchedule(),
          new InFlightBudget(16, 16, 100),
          new VirtualRuntime()),
      new TestLane(0),
      new LaneStart(null, null, ""),
      LEFT,
      new LaneCredit(new LaneCredit.Pool(1 << 20), 1000),
      Set.of());

  private void commit() {
    Snapshot snapshot = lane.snapshot();
    lane.committed(snapshot, 0);
  }

  private Slot suspectIsMarked() {
    lanes.add(lane);
    lane.takeOver(0);
    commit();
    lane.arrived(Slots.event(1, "a"), 0);
    replay.advance(0);
    assertThat(granted).isTrue();
    replay.granted();
    replay.advance(0);
    return Objects.requireNonNull(lane.marked());
  }

  private boolean turnIsFree() {
    var free = new AtomicBoolean();
    turn.ask(() -> free.set(true));
    return free.get();
  }

  @Test
  void aSuspectStartsOnlyWhenItsMarkIsDurable() {
    Slot suspect = suspectIsMarked();
    assertThat(lane.next()).isNull();
    commit();
    assertThat(lane.next()).isSameAs(suspect);
  }

  @Test
  void theTurnIsKeptUntilItIsDurableThatThereIsNoMark() {
    Slot suspect = suspectIsMarked();
    commit();
    lane.take(suspect);
    lane.started(suspect);
    lane.ended();
    lane.acquit(suspect, 0);
    lane.settled(suspect, 0);
    replay.advance(0);
    var next = new AtomicBoolean();
    turn.ask(() -> next.set(true));
    assertThat(next).as("another lane may start a suspect").isFalse();
    commit();
    replay.advance(0);
    assertThat(next).isTrue();
  }

  @Test
  void aMarkThatNothingStartedUnderIsTakenBack() {
    suspectIsMarked();
    commit();
    replay.withdraw(0);
    assertThat(lane.marked()).isNull();
    commit();
    replay.withdraw(0);
    assertThat(turnIsFree()).isTrue();
  }
}
