package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.Handler;
import dev.eventbus.Health;
import dev.eventbus.SubscriptionState;
import dev.eventbus.SubscriptionStats;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Membership;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the state of one subscription. Drivers, handlers, timers and applications post messages; one
 * thread at a time runs them and then decides what starts, what is committed and what is asked for.
 *
 * <p>Work carries its {@link LaneWork}, which stands for one ownership: what comes back for one that
 * is gone is dropped here, never by luck.
 */
final class SubscriptionLoop {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionLoop.class);
  private static final long RECHECK_NANOS = 20_000_000;

  private final MemberParts member;
  private final LaneTable lanes = new LaneTable();
  private final LaneCare care;
  private final Aftermath aftermath;
  private final SuspectReplay replay;
  private final HandlerRunner runner;
  private final WakeUp wakeUp;
  private final Drain drain;
  private final Drops drops;
  private volatile SubscriptionState state = SubscriptionState.STARTING;

  SubscriptionLoop(
      SubscriptionSpec spec,
      Handler handler,
      Driver driver,
      EngineRuntime runtime,
      SuspectTurn turn) {
    var options = spec.options();
    var budget = InFlightBudget.of(options, handler);
    this.member = new MemberParts(
        spec,
        runtime,
        new Mailbox(runtime, this::pump),
        budget,
        new RetrySchedule(),
        new SubscriptionCounters(),
        new Troubles());
    var context = new LaneContext(
        spec.isRealtime()
            ? LaneLimits.NO_RECORD
            : LaneLimits.of(options.maxInFlight(), budget.concurrency(), driver.traits()),
        driver.traits().settledAhead(),
        member.retries(),
        budget,
        runtime);
    this.care = new LaneCare(member, lanes, context);
    this.aftermath =
        new Aftermath(member, new DeadLetterOffice(driver, spec.topic(), spec.group()));
    this.replay = new SuspectReplay(turn, lanes, () -> post(this::turnGranted));
    this.runner = new HandlerRunner(runtime, handler, budget.concurrency());
    this.wakeUp = new WakeUp(runtime, member.mailbox());
    this.drain = new Drain(options.drainTimeout());
    this.drops = new Drops(member);
  }

  // ---- from any thread

  void post(Runnable message) {
    member.post(message);
  }

  String topic() {
    return member.spec().topic();
  }

  String group() {
    return member.spec().group();
  }

  long nanos() {
    return member.nanos();
  }

  SubscriptionState state() {
    return state;
  }

  SubscriptionStats stats() {
    return member.counters().stats();
  }

  Health health() {
    return member.troubles().health(member.spec().toString(), state);
  }

  /** Completes when no handler starts any more. */
  CompletableFuture<Void> pause() {
    var paused = new CompletableFuture<Void>();
    if (state == SubscriptionState.CLOSED) {
      paused.complete(null);
      return paused;
    }
    post(() -> {
      if (state == SubscriptionState.RUNNING) {
        state = SubscriptionState.PAUSED;
        care.withdrawAll();
      }
      paused.complete(null);
    });
    return paused;
  }

  void resume() {
    post(() -> {
      if (state == SubscriptionState.PAUSED) {
        state = SubscriptionState.RUNNING;
      }
    });
  }

  /** Completes when nothing of the subscription is left. */
  CompletableFuture<Void> close() {
    post(this::beginDrain);
    return drain.closed();
  }

  void joined(Membership membership) {
    post(() -> {
      if (state == SubscriptionState.CLOSED) {
        var ignored = membership.leave();
        return;
      }
      drain.leavesBy(membership);
      if (state == SubscriptionState.STARTING) {
        state = SubscriptionState.RUNNING;
      }
    });
  }

  /** The broker refused the membership: nothing was begun. */
  void neverJoined() {
    post(() -> {
      state = SubscriptionState.CLOSED;
      drain.closed().complete(null);
    });
  }

  // ---- what the driver tells, on the loop

  void granted(Lane lane, LaneStart start) {
    LaneWork work = care.take(lane, start);
    if (drain.hasBegun()) {
      care.leave(work);
    }
  }

  void revoking(Lane lane) {
    LaneWork work = lanes.find(lane);
    if (work != null) {
      care.leave(work);
    }
  }

  void lost(Lane lane, String why) {
    LaneWork work = lanes.find(lane);
    if (work != null) {
      care.lose(work, why);
    }
  }

  void arrived(Lane lane, List<LaneEvent> batch) {
    LaneWork work = lanes.find(lane);
    if (work != null) {
      long now = nanos();
      for (LaneEvent event : batch) {
        work.arrived(event, now);
      }
    }
  }

  void trimmed(Lane lane, long events) {
    member.counters().trimmed.add(events);
    String text =
        "retention removed %d unsettled events of lane %d".formatted(events, lane.number());
    LOG.warn("{}: {}", this, text);
    member.troubles().has(Troubles.Kind.TRIMMED, text);
    member.listener().tell(listener -> listener.trimmed(topic(), lane.number(), events));
  }

  void dropped(Lane lane, long events) {
    drops.dropped(lane, events);
  }

  void degraded(String why) {
    member.troubles().has(Troubles.Kind.BROKER, why);
  }

  void recovered() {
    member.troubles().over(Troubles.Kind.BROKER);
  }

  void failed(Throwable cause) {
    LOG.error("{} has failed", this, cause);
    member.troubles().has(Troubles.Kind.FAILED, Failures.text(cause));
    care.loseAll("the subscription has failed");
    if (!drain.hasBegun()) {
      state = SubscriptionState.FAILED;
    }
  }

  // ---- after each batch of messages

  private void pump() {
    long now = nanos();
    if (state == SubscriptionState.CLOSED) {
      // a handler that outlived the drain may still hold the process's turn
      replay.withdraw(now);
      return;
    }
    wakeUp.reset(now);
    member.retries().drainDue(now, this::due);
    if (state == SubscriptionState.RUNNING) {
      replay.advance(now);
      startHandlers(now);
    } else {
      replay.withdraw(now);
    }
    care.tend(wakeUp, now);
    drops.tend(wakeUp, now);
    if (drain.hasBegun()) {
      drainFurther(now);
    }
    wakeUp.in(member.retries().untilNext(now));
    wakeUp.schedule();
    care.showGauges();
  }

  private void due(LaneWork work, Slot slot) {
    if (slot.state == Slot.State.BACKOFF) {
      work.due(slot);
    } else if (slot.state == Slot.State.BURYING && work.state() == LaneWork.State.OPEN) {
      aftermath.bury(work, slot);
    }
  }

  private void startHandlers(long now) {
    int without = 0;
    while (without < lanes.all().size() && member.budget().mayRun()) {
      LaneWork work = lanes.inTurn();
      Slot slot = work.next();
      if (slot == null) {
        without++;
      } else if (!work.ownedAt(now)) {
        wakeUp.in(RECHECK_NANOS);
        without++;
      } else if (start(work, slot)) {
        without = 0;
      } else {
        return;
      }
    }
  }

  /** False when the executor takes no more for now. */
  private boolean start(LaneWork work, Slot slot) {
    work.take(slot);
    member.budget().take(slot);
    if (aftermath.takesInsteadOfHandler(work, slot)) {
      return true;
    }
    Event event = slot.event();
    if (event == null) {
      throw new IllegalStateException("A settled slot was about to start: " + slot.position);
    }
    var attempt = new Attempt(this, work, slot, event);
    slot.attempt = attempt;
    work.started(slot);
    member.budget().started();
    try {
      runner.offer(attempt);
      member.troubles().over(Troubles.Kind.EXECUTOR);
      return true;
    } catch (RejectedExecutionException refused) {
      member
          .troubles()
          .has(Troubles.Kind.EXECUTOR, "the handler executor refuses work: " + refused);
      care.withdraw(work);
      wakeUp.in(RECHECK_NANOS);
      return false;
    }
  }

  private void turnGranted() {
    replay.granted();
  }

  /** A handler has ended, or could not start. */
  void finished(Attempt attempt) {
    LaneWork work = attempt.lane;
    Slot slot = attempt.slot;
    member.budget().finished();
    work.ended();
    slot.attempt = null;
    if (work.state() == LaneWork.State.GONE) {
      member.budget().giveBack(slot);
      lanes.letGo(work.number(), slot.identity());
      return;
    }
    if (attempt.outcome() == Attempt.Outcome.NOT_STARTED) {
      work.ready(slot);
      return;
    }
    work.acquit(slot, nanos());
    if (attempt.outcome() == Attempt.Outcome.SUCCEEDED) {
      aftermath.succeeded(work, slot);
    } else {
      aftermath.failed(work, slot, attempt);
    }
  }

  // ---- the end

  private void beginDrain() {
    if (drain.hasBegun() || state == SubscriptionState.CLOSED) {
      return;
    }
    drain.begin(nanos());
    if (state != SubscriptionState.FAILED) {
      state = SubscriptionState.DRAINING;
    }
    care.leaveAll();
  }

  private void drainFurther(long now) {
    if (drain.isOverdue(now)) {
      for (LaneWork work : List.copyOf(lanes.all())) {
        if (work.state() == LaneWork.State.LEAVING && work.running() > 0) {
          LOG.warn(
              "{} lane {}: a handler still runs after the drain timeout of {}; the lane passes on"
                  + " when its lease ends",
              this,
              work.number(),
              member.options().drainTimeout());
          care.lose(work, "a handler outlived the drain");
        }
      }
    }
    wakeUp.in(drain.untilNext(now));
    if (lanes.isEmpty() || drain.isHopeless(now)) {
      drain.leave(error -> post(() -> left(error)), now);
    }
    if (drain.isAbandoned(now)) {
      left(new IllegalStateException("the broker does not answer"));
    }
  }

  private void left(@Nullable Throwable error) {
    if (state == SubscriptionState.CLOSED) {
      return;
    }
    if (error != null) {
      LOG.info("{} left without a farewell: {}", this, Failures.text(error));
    }
    care.loseAll("closed");
    state = SubscriptionState.CLOSED;
    replay.withdraw(nanos());
    drain.closed().complete(null);
  }

  @Override
  public String toString() {
    return member.spec().toString();
  }
}
