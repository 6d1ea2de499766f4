package dev.eventbus.engine;

import dev.eventbus.Backoff;
import dev.eventbus.Event;
import dev.eventbus.Handler;
import dev.eventbus.Health;
import dev.eventbus.OnExhausted;
import dev.eventbus.RejectEvent;
import dev.eventbus.RetryLater;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.SubscriptionState;
import dev.eventbus.SubscriptionStats;
import dev.eventbus.engine.DeadLetterOffice.Reason;
import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Membership;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
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
  private static final Backoff BURIAL_BACKOFF = Backoff.defaults();

  private final SubscriptionSpec spec;
  private final SubscribeOptions options;
  private final EngineRuntime runtime;
  private final Driver driver;
  private final SuspectReplay replay;
  private final Mailbox mailbox;
  private final HandlerRunner runner;
  private final InFlightBudget budget;
  private final LaneContext context;
  private final DeadLetterOffice office;
  private final LaneCredit.Pool bytes;
  private final RetrySchedule retries = new RetrySchedule();
  private final LaneTable lanes = new LaneTable();
  private final SubscriptionCounters counters = new SubscriptionCounters();
  private final Troubles troubles = new Troubles();
  private final WakeUp wakeUp;
  private final Drain drain;
  private volatile SubscriptionState state = SubscriptionState.STARTING;

  SubscriptionLoop(
      SubscriptionSpec spec,
      Handler handler,
      Driver driver,
      EngineRuntime runtime,
      SuspectTurn turn) {
    this.spec = spec;
    this.options = spec.options();
    this.driver = driver;
    this.runtime = runtime;
    this.replay = new SuspectReplay(turn, lanes, () -> post(this::turnGranted));
    this.mailbox = new Mailbox(runtime, this::pump);
    this.budget = new InFlightBudget(options.concurrency(), options.maxInFlight());
    this.runner = new HandlerRunner(runtime.handlers(), handler, budget.concurrency());
    this.context = new LaneContext(
        LaneLimits.of(options.maxInFlight(), budget.concurrency(), driver.traits()),
        driver.traits().settledAhead(),
        retries,
        budget,
        runtime);
    this.office = new DeadLetterOffice(driver, spec.topic(), spec.group());
    this.bytes = new LaneCredit.Pool(options.maxBufferedBytes());
    this.wakeUp = new WakeUp(runtime, mailbox);
    this.drain = new Drain(options.drainTimeout());
  }

  // ---- from any thread

  void post(Runnable message) {
    mailbox.post(message);
  }

  String topic() {
    return spec.topic();
  }

  String group() {
    return spec.group();
  }

  long nanos() {
    return runtime.nanos();
  }

  SubscriptionState state() {
    return state;
  }

  SubscriptionStats stats() {
    return counters.stats();
  }

  Health health() {
    return troubles.health(spec.topic() + "/" + spec.group(), state);
  }

  /** Completes when no handler starts any more. */
  CompletableFuture<Void> pause() {
    var paused = new CompletableFuture<Void>();
    post(() -> {
      if (state == SubscriptionState.RUNNING) {
        state = SubscriptionState.PAUSED;
        withdrawAll();
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

  // ---- lanes come and go

  void granted(Lane lane, LaneStart start) {
    LaneRecord left = LaneRecordCodec.decode(start.record()).orElseGet(() -> {
      LOG.warn(
          "{} lane {}: the stored record is not the bus's own and is replaced",
          this,
          lane.number());
      return LaneRecord.none();
    });
    var work = new LaneWork(
        context,
        lane,
        start,
        left,
        new LaneCredit(bytes, options.maxSpan()),
        lanes.heldBefore(lane.number()));
    work.inherited().chargeMark(runtime.now().toEpochMilli());
    lanes.add(work);
    LOG.debug("{} owns lane {} with fence {}", this, lane.number(), lane.fence());
    tell(listener -> listener.laneGranted(topic(), lane.number(), lane.fence()));
    if (isEnding()) {
      work.state(LaneWork.State.LEAVING);
    } else {
      work.takeOver(nanos());
    }
  }

  void revoking(Lane lane) {
    LaneWork work = lanes.find(lane);
    if (work != null && work.state() == LaneWork.State.OPEN) {
      leave(work);
    }
  }

  void lost(Lane lane, String why) {
    LaneWork work = lanes.find(lane);
    if (work != null) {
      lose(work, why);
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
    counters.trimmed.add(events);
    String text =
        "retention removed %d unsettled events of lane %d".formatted(events, lane.number());
    LOG.warn("{}: {}", this, text);
    troubles.has(Troubles.Kind.TRIMMED, text);
    tell(listener -> listener.trimmed(topic(), lane.number(), events));
  }

  void degraded(String why) {
    troubles.has(Troubles.Kind.BROKER, why);
  }

  void recovered() {
    troubles.over(Troubles.Kind.BROKER);
  }

  void failed(Throwable cause) {
    LOG.error("{} has failed", this, cause);
    troubles.has(Troubles.Kind.FAILED, Failures.text(cause));
    for (LaneWork work : List.copyOf(lanes.all())) {
      lose(work, "the subscription has failed");
    }
    if (!isEnding()) {
      state = SubscriptionState.FAILED;
    }
  }

  private void leave(LaneWork work) {
    work.state(LaneWork.State.LEAVING);
    withdraw(work);
  }

  private void lose(LaneWork work, String why) {
    if (work.state() == LaneWork.State.GONE) {
      return;
    }
    withdraw(work);
    work.state(LaneWork.State.GONE);
    for (Slot slot : work.frontier().slots()) {
      if (slot.state == Slot.State.RUNNING) {
        lanes.holds(work.number(), slot.identity());
      } else {
        budget.giveBack(slot);
      }
    }
    forget(work);
    LOG.info("{} no longer owns lane {}: {}", this, work.number(), why);
    tell(listener -> listener.laneLost(topic(), work.number(), why));
  }

  private void released(LaneWork work) {
    if (work.state() != LaneWork.State.GONE) {
      work.state(LaneWork.State.GONE);
      work.frontier().slots().forEach(budget::giveBack);
      forget(work);
      tell(listener -> listener.laneLost(topic(), work.number(), "released"));
    }
  }

  private void forget(LaneWork work) {
    retries.forget(work);
    work.credit().close();
    lanes.remove(work);
  }

  // ---- after each batch of messages

  private void pump() {
    if (state == SubscriptionState.CLOSED) {
      return;
    }
    long now = nanos();
    wakeUp.reset(now);
    retries.drainDue(now, this::due);
    if (state == SubscriptionState.RUNNING) {
      replay.advance(now);
      startHandlers(now);
    } else {
      replay.withdraw(now);
    }
    for (LaneWork work : List.copyOf(lanes.all())) {
      tend(work, now);
    }
    if (isEnding()) {
      drainFurther(now);
    }
    wakeUp.in(retries.untilNext(now));
    wakeUp.schedule();
    showGauges();
  }

  private void startHandlers(long now) {
    int without = 0;
    while (without < lanes.all().size() && budget.mayRun()) {
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
    budget.take(slot);
    if (slot.content instanceof LaneEvent.Undecodable raw) {
      work.acquit(slot, nanos());
      exhausted(work, slot, Reason.UNDECODABLE, raw.reason(), null);
      return true;
    }
    Reason doomed = doomed(slot);
    if (doomed != null) {
      work.acquit(slot, nanos());
      exhausted(work, slot, doomed, "so an earlier owner of the lane has left it", null);
      return true;
    }
    Event event = slot.event();
    if (event == null) {
      throw new IllegalStateException("A settled slot was about to start: " + slot.position);
    }
    var attempt = new Attempt(this, work, slot, event);
    slot.attempt = attempt;
    work.started(slot);
    budget.started();
    try {
      runner.offer(attempt);
      troubles.over(Troubles.Kind.EXECUTOR);
      return true;
    } catch (RejectedExecutionException refused) {
      troubles.has(Troubles.Kind.EXECUTOR, "the handler executor refuses work: " + refused);
      withdraw(work);
      wakeUp.in(RECHECK_NANOS);
      return false;
    }
  }

  /** Why an event must not be tried again, as its record says, or null. */
  private @Nullable Reason doomed(Slot slot) {
    if (spec.onExhausted() == OnExhausted.HOLD) {
      return null;
    }
    if (slot.fate == Fate.REJECTED) {
      return Reason.REJECTED;
    }
    if (slot.attempts < options.maxAttempts()) {
      return null;
    }
    return slot.crashed ? Reason.CRASHED : Reason.EXHAUSTED;
  }

  private void turnGranted() {
    replay.granted();
  }

  private void tend(LaneWork work, long now) {
    if (work.state() == LaneWork.State.OPEN) {
      work.credit().ask(work.lane(), work.frontier().span());
    }
    if (work.state() == LaneWork.State.LEAVING
        && work.isQuiet()
        && !work.committer().isBusy()) {
      release(work);
    } else if (work.state() == LaneWork.State.OPEN || work.state() == LaneWork.State.LEAVING) {
      if (work.committer().isDue(now)) {
        commit(work);
      } else {
        wakeUp.in(work.committer().untilDue(now));
      }
    }
  }

  private void commit(LaneWork work) {
    Snapshot snapshot = work.snapshot();
    work.lane()
        .commit(snapshot.progress())
        .whenComplete((ignored, error) -> post(() -> committed(work, snapshot, error)));
  }

  private void committed(LaneWork work, Snapshot snapshot, @Nullable Throwable error) {
    if (work.state() == LaneWork.State.GONE) {
      return;
    }
    Throwable cause = Failures.unwrapped(error);
    if (cause == null) {
      work.committed(snapshot, nanos());
      troubles.over(Troubles.Kind.COMMIT);
    } else if (cause instanceof LaneLostException) {
      lose(work, Failures.text(cause));
    } else {
      work.committer().failed(nanos());
      troubles.has(Troubles.Kind.COMMIT, "progress is not written: " + Failures.text(cause));
    }
  }

  private void release(LaneWork work) {
    work.state(LaneWork.State.RELEASING);
    work.lane()
        .release(work.lastProgress())
        .whenComplete((ignored, error) -> post(() -> {
          if (error != null) {
            LOG.info(
                "{} could not hand lane {} over, its lease will end: {}",
                this,
                work.number(),
                Failures.text(error));
          }
          released(work);
        }));
  }

  private void showGauges() {
    int buffered = 0;
    for (LaneWork work : lanes.all()) {
      buffered += work.frontier().unsettled();
    }
    counters.show(new SubscriptionCounters.Gauges(
        lanes.all().size(), budget.running(), retries.size(), buffered, bytes.held()));
  }

  // ---- what became of a handler

  void finished(Attempt attempt) {
    LaneWork work = attempt.lane;
    Slot slot = attempt.slot;
    budget.finished();
    work.ended();
    slot.attempt = null;
    if (work.state() == LaneWork.State.GONE) {
      budget.giveBack(slot);
      lanes.letGo(work.number(), slot.identity());
      return;
    }
    switch (attempt.outcome()) {
      case NOT_STARTED -> {
        work.ready(slot);
        if (state != SubscriptionState.RUNNING || work.state() != LaneWork.State.OPEN) {}
      }
      case SUCCEEDED -> {
        counters.settled.increment();
        work.acquit(slot, nanos());
        settle(work, slot);
      }
      case FAILED -> {
        work.acquit(slot, nanos());
        attemptFailed(work, slot, attempt);
      }
    }
  }

  private void settle(LaneWork work, Slot slot) {
    work.settled(slot, nanos());
    budget.giveBack(slot);
  }

  private void attemptFailed(LaneWork work, Slot slot, Attempt delivery) {
    Throwable cause = delivery.failure();
    Throwable known = cause == null ? new IllegalStateException("unknown failure") : cause;
    counters.failedAttempts.increment();
    work.failed(slot, runtime.now().toEpochMilli(), nanos());
    tell(listener -> listener.attemptFailed(delivery, known));
    if (known instanceof RejectEvent) {
      slot.fate = Fate.REJECTED;
      exhausted(work, slot, Reason.REJECTED, Failures.text(known), known);
    } else if (slot.attempts >= options.maxAttempts()) {
      exhausted(work, slot, Reason.EXHAUSTED, Failures.text(known), known);
    } else {
      Duration delay = known instanceof RetryLater later
          ? later.delay()
          : options.backoff().after(slot.attempts, runtime.draw());
      LOG.debug("{} lane {} {}: attempt failed", this, work.number(), slot.position, known);
      backOff(work, slot, delay);
    }
  }

  private void backOff(LaneWork work, Slot slot, Duration delay) {
    work.backOff(slot, delay);
  }

  private void due(LaneWork work, Slot slot) {
    if (slot.state == Slot.State.BACKOFF) {
      work.due(slot);
    } else if (slot.state == Slot.State.BURYING && work.state() == LaneWork.State.OPEN) {
      bury(work, slot);
    }
  }

  private void exhausted(
      LaneWork work, Slot slot, Reason reason, String message, @Nullable Throwable cause) {
    OnExhausted then = reason == Reason.UNDECODABLE ? spec.onUndecodable() : spec.onExhausted();
    switch (then) {
      case HOLD -> backOff(work, slot, options.backoff().most());
      case DISCARD -> {
        LOG.warn(
            "{} lane {} {}: discarded, {}: {}",
            this,
            work.number(),
            slot.position,
            reason.header(),
            message);
        LOG.debug("The last failure of {}", slot.position, cause);
        counters.discarded.increment();
        Event event = slot.event();
        tell(listener -> listener.discarded(topic(), work.number(), event, reason.header()));
        settle(work, slot);
      }
      case DEAD_LETTER -> {
        LOG.warn(
            "{} lane {} {}: goes to the dead letters, {}: {}",
            this,
            work.number(),
            slot.position,
            reason.header(),
            message);
        LOG.debug("The last failure of {}", slot.position, cause);
        slot.burial =
            new Burial(office.letter(work, slot, reason, message, cause), reason.header(), 0);
        bury(work, slot);
      }
    }
  }

  private void bury(LaneWork work, Slot slot) {
    Burial burial = slot.burial;
    if (burial == null) {
      throw new IllegalStateException("No dead letter for " + slot.position);
    }
    work.buryingStarted(slot);
    office
        .store(work.number(), slot.position, burial.letter())
        .whenComplete((ignored, error) -> post(() -> buried(work, slot, burial, error)));
  }

  private void buried(LaneWork work, Slot slot, Burial burial, @Nullable Throwable error) {
    if (work.state() == LaneWork.State.GONE) {
      return;
    }
    work.buryingEnded();
    Throwable cause = Failures.unwrapped(error);
    if (cause != null) {
      troubles.has(
          Troubles.Kind.DEAD_LETTERS, "dead letters cannot be written: " + Failures.text(cause));
      slot.burial = burial.failedAgain();
      Duration delay = BURIAL_BACKOFF.after(burial.failures() + 1, runtime.draw());
      retries.add(nanos() + delay.toNanos(), work, slot);
      return;
    }
    troubles.over(Troubles.Kind.DEAD_LETTERS);
    slot.burial = null;
    counters.deadLettered.increment();
    Event event = slot.event();
    tell(listener -> listener.deadLettered(topic(), work.number(), event, burial.reason()));
    settle(work, slot);
  }

  // ---- pause and close

  private void withdrawAll() {
    for (LaneWork work : lanes.all()) {
      withdraw(work);
    }
  }

  /** Takes back what no worker has started yet. */
  private void withdraw(LaneWork work) {
    if (work.running() == 0) {
      return;
    }
    for (Slot slot : work.frontier().slots()) {
      Attempt attempt = slot.attempt;
      if (attempt != null && attempt.withdraw()) {
        slot.attempt = null;
        budget.finished();
        work.ended();
        work.ready(slot);
      }
    }
  }

  private boolean isEnding() {
    return state == SubscriptionState.DRAINING || drain.hasBegun();
  }

  private void beginDrain() {
    if (drain.hasBegun()) {
      return;
    }
    drain.begin(nanos());
    if (state != SubscriptionState.FAILED) {
      state = SubscriptionState.DRAINING;
    }
    for (LaneWork work : List.copyOf(lanes.all())) {
      if (work.state() == LaneWork.State.OPEN) {
        leave(work);
      }
    }
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
              options.drainTimeout());
          lose(work, "a handler outlived the drain");
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
    for (LaneWork work : List.copyOf(lanes.all())) {
      lose(work, "closed");
    }
    state = SubscriptionState.CLOSED;
    drain.closed().complete(null);
  }

  /** The broker refused the membership: nothing was begun. */
  void neverJoined() {
    post(() -> {
      state = SubscriptionState.CLOSED;
      drain.closed().complete(null);
    });
  }

  private void tell(Consumer<SubscriptionListener> message) {
    SubscriptionListener listener = options.listener();
    if (listener == SubscriptionListener.NONE) {
      return;
    }
    try {
      message.accept(listener);
    } catch (RuntimeException thrown) {
      LOG.warn("The listener of {} threw", this, thrown);
    }
  }

  @Override
  public String toString() {
    return spec.topic() + "/" + spec.group();
  }
}
