package dev.eventbus.engine;

import org.jspecify.annotations.Nullable;

/**
 * Takes a subscription's lanes through their suspects, one at a time in the whole process.
 *
 * <p>Invariant: the process's turn is held from before a suspect is written down until it is durable
 * that it no longer is. Else the death that another suspect causes would be blamed on it too (R5).
 */
final class SuspectReplay {

  private final SuspectTurn turn;
  private final LaneTable lanes;
  private final Runnable whenGranted;
  private @Nullable LaneWork holder;
  private boolean asked;

  /** The callback runs on any thread and leads to {@link #granted}. */
  SuspectReplay(SuspectTurn turn, LaneTable lanes, Runnable whenGranted) {
    this.turn = turn;
    this.lanes = lanes;
    this.whenGranted = whenGranted;
  }

  /** Goes on as far as it can while handlers may start. */
  void advance(long now) {
    LaneWork lane = holder;
    Slot next = lane == null ? null : lane.suspectForTurn();
    if (lane != null && next != null) {
      lane.mark(next, now);
    } else {
      endIfOver(now);
    }
    if (holder == null) {
      askIfNeeded();
    }
  }

  /** Takes back what has not started, while no handler may start. */
  void withdraw(long now) {
    LaneWork lane = holder;
    Slot marked = lane == null ? null : lane.marked();
    if (lane != null && marked != null && marked.state != Slot.State.RUNNING) {
      lane.unmark(now);
    }
    endIfOver(now);
  }

  private void askIfNeeded() {
    if (asked) {
      return;
    }
    for (LaneWork lane : lanes.all()) {
      if (lane.suspectForTurn() != null) {
        asked = true;
        turn.ask(whenGranted);
        return;
      }
    }
  }

  /** The process's turn is this subscription's. */
  void granted() {
    asked = false;
    for (int i = 0; i < lanes.all().size(); i++) {
      LaneWork lane = lanes.inTurn();
      if (lane.suspectForTurn() != null) {
        holder = lane;
        return;
      }
    }
    turn.giveUp();
  }

  private void endIfOver(long now) {
    LaneWork lane = holder;
    if (lane == null) {
      return;
    }
    Slot marked = lane.marked();
    boolean over;
    if (lane.state() == LaneWork.State.GONE) {
      over = lane.running() == 0;
    } else {
      over = marked == null && lane.unmarkIsDurable();
      if (marked != null
          && marked.state != Slot.State.RUNNING
          && lane.state() != LaneWork.State.OPEN) {
        lane.unmark(now);
      }
    }
    if (over) {
      holder = null;
      turn.giveUp();
    }
  }
}
