package dev.eventbus.engine;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.LaneStart;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coming and going of a member's lanes, and in between their credit and their commits. */
final class LaneCare {

  private static final Logger LOG = LoggerFactory.getLogger(LaneCare.class);

  private final MemberParts member;
  private final SubscriptionSpec spec;
  private final LaneTable lanes;
  private final LaneContext context;
  private final LaneCredit.Pool bytes;
  private final ListenerCalls listener;

  LaneCare(MemberParts member, LaneTable lanes, LaneContext context) {
    this.member = member;
    this.spec = member.spec();
    this.lanes = lanes;
    this.context = context;
    this.bytes = new LaneCredit.Pool(member.options().maxBufferedBytes());
    this.listener = member.listener();
  }

  /** Takes over a lane that was granted; nothing starts before its dirty record is durable. */
  LaneWork take(Lane lane, LaneStart start) {
    LaneRecord left = LaneRecordCodec.decode(start.record()).orElseGet(() -> {
      LOG.warn(
          "{} lane {}: the stored record is not the bus's own and is replaced",
          spec,
          lane.number());
      return LaneRecord.none();
    });
    var work = new LaneWork(
        context,
        lane,
        start,
        left,
        new LaneCredit(bytes, member.options().maxSpan()),
        lanes.heldBefore(lane.number()));
    work.inherited().chargeMark(member.runtime().now().toEpochMilli());
    lanes.add(work);
    LOG.debug("{} owns lane {} with fence {}", spec, lane.number(), lane.fence());
    listener.tell(target -> target.laneGranted(spec.topic(), lane.number(), lane.fence()));
    work.takeOver(member.nanos());
    return work;
  }

  /** Starts nothing more on a lane; it is released when it is quiet. */
  void leave(LaneWork work) {
    if (work.state() == LaneWork.State.OPEN) {
      work.state(LaneWork.State.LEAVING);
      withdraw(work);
    }
  }

  void leaveAll() {
    List.copyOf(lanes.all()).forEach(this::leave);
  }

  /** Gives up what the member no longer owns; what still runs is remembered by its key. */
  void lose(LaneWork work, String why) {
    if (work.state() == LaneWork.State.GONE) {
      return;
    }
    withdraw(work);
    work.state(LaneWork.State.GONE);
    for (Slot slot : work.frontier().slots()) {
      if (slot.state == Slot.State.RUNNING) {
        lanes.holds(work.number(), slot.identity());
      } else {
        member.budget().giveBack(slot);
      }
    }
    forget(work);
    LOG.info("{} no longer owns lane {}: {}", spec, work.number(), why);
    listener.tell(target -> target.laneLost(spec.topic(), work.number(), why));
  }

  void loseAll(String why) {
    List.copyOf(lanes.all()).forEach(work -> lose(work, why));
  }

  /** Takes back what no worker has started yet. */
  void withdraw(LaneWork work) {
    if (work.running() == 0) {
      return;
    }
    for (Slot slot : work.frontier().slots()) {
      Attempt attempt = slot.attempt;
      if (attempt != null && attempt.withdraw()) {
        slot.attempt = null;
        member.budget().finished();
        work.ended();
        work.ready(slot);
      }
    }
  }

  void withdrawAll() {
    lanes.all().forEach(this::withdraw);
  }

  /** Does for each lane what is due. */
  void tend(WakeUp wakeUp, long now) {
    for (LaneWork work : List.copyOf(lanes.all())) {
      if (work.state() == LaneWork.State.OPEN) {
        work.credit().ask(work.lane(), work.frontier().span());
      }
      if (work.state() == LaneWork.State.LEAVING
          && work.isQuiet()
          && !work.committer().isBusy()) {
        release(work);
      } else if (work.mayCommit()) {
        if (work.committer().isDue(now)) {
          commit(work);
        } else {
          wakeUp.in(work.committer().untilDue(now));
        }
      }
    }
  }

  private void commit(LaneWork work) {
    Snapshot snapshot = work.snapshot();
    DriverCalls.guarded(() -> work.lane().commit(snapshot.progress()))
        .whenComplete((ignored, error) -> member.post(() -> committed(work, snapshot, error)));
  }

  private void committed(LaneWork work, Snapshot snapshot, @Nullable Throwable error) {
    if (work.state() == LaneWork.State.GONE) {
      return;
    }
    Throwable cause = Failures.unwrapped(error);
    if (cause == null) {
      work.committed(snapshot, member.nanos());
      member.troubles().over(Troubles.Kind.COMMIT);
    } else if (cause instanceof LaneLostException) {
      lose(work, Failures.text(cause));
    } else {
      work.committer().failed(member.nanos());
      member
          .troubles()
          .has(Troubles.Kind.COMMIT, "progress is not written: " + Failures.text(cause));
    }
  }

  private void release(LaneWork work) {
    work.state(LaneWork.State.RELEASING);
    DriverCalls.guarded(() -> work.lane().release(work.lastProgress()))
        .whenComplete((ignored, error) -> member.post(() -> released(work, error)));
  }

  private void released(LaneWork work, @Nullable Throwable error) {
    if (error != null) {
      LOG.info(
          "{} could not hand lane {} over, its lease will end: {}",
          spec,
          work.number(),
          Failures.text(error));
    }
    if (work.state() != LaneWork.State.GONE) {
      work.state(LaneWork.State.GONE);
      work.frontier().slots().forEach(member.budget()::giveBack);
      forget(work);
      listener.tell(target -> target.laneLost(spec.topic(), work.number(), "released"));
    }
  }

  private void forget(LaneWork work) {
    member.retries().forget(work);
    work.credit().close();
    lanes.remove(work);
  }

  void showGauges() {
    int buffered = 0;
    for (LaneWork work : lanes.all()) {
      buffered += work.frontier().unsettled();
    }
    member
        .counters()
        .show(new SubscriptionCounters.Gauges(
            lanes.all().size(),
            member.budget().running(),
            member.retries().size(),
            buffered,
            bytes.held()));
  }
}
