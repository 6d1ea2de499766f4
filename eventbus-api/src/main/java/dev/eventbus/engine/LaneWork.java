package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.engine.LaneRecord.Tries;
import dev.eventbus.spi.DriverTraits.SettledAhead;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One lane during one ownership: its span, the order of its keys, what may start next. Owned by the
 * subscription's loop.
 */
final class LaneWork {

  /** The life of an ownership. */
  enum State {
    /** Handlers start. */
    OPEN,
    /** No handler starts any more; the running ones finish. */
    LEAVING,
    /** The last commit is on its way. */
    RELEASING,
    /** Nothing more may be said in its name. */
    GONE
  }

  private final Lane lane;
  private final String startRecord;
  private final LaneContext context;
  private final Frontier frontier;
  private final Suspicion suspicion;
  private final LaneCommitter committer;
  private final LaneCredit credit;
  private final InheritedRecord inherited;
  private final boolean recordKeepsAhead;
  private final Map<String, KeyQueue> keys = new HashMap<>();
  private final ReadySlots ready;
  private final Set<Slot> tried = new LinkedHashSet<>();

  private State state = State.OPEN;
  private @Nullable Position lastArrived;
  private long nextOrdinal;

  /** The highest ordinal that a durable record lets start. */
  private long startLimit = -1;

  private int running;
  private int burying;

  LaneWork(
      LaneContext context,
      Lane lane,
      LaneStart start,
      LaneRecord left,
      LaneCredit credit,
      Set<Object> heldBefore) {
    this.lane = lane;
    this.startRecord = start.record();
    this.context = context;
    this.frontier = new Frontier(start.floor());
    this.suspicion = new Suspicion(left, start.end());
    this.committer = new LaneCommitter(context.limits().reach() / 2);
    this.credit = credit;
    this.inherited = new InheritedRecord(left);
    this.recordKeepsAhead = context.keeper() == SettledAhead.RECORD;
    this.ready = new ReadySlots(heldBefore);
  }

  /** Takes the next event of the log; a repeated one is told to the broker again if settled. */
  void arrived(LaneEvent event, long now) {
    credit.arrived(event.bytes());
    Position position = event.position();
    if (lastArrived != null && position.compareTo(lastArrived) <= 0) {
      credit.released(event.bytes());
      settleAgain(position, now);
      return;
    }
    lastArrived = position;
    if (recordKeepsAhead && inherited.isAhead(position)) {
      credit.released(event.bytes());
      Slot settled = new Slot(nextOrdinal++, event, null);
      settled.state = Slot.State.SETTLED;
      settled.content = null;
      frontier.add(settled);
      if (frontier.lowest() != settled) {
        // the floor may have passed it, which is progress of its own
        committer.change(now);
      }
      return;
    }
    add(event);
  }

  private void settleAgain(Position position, long now) {
    Position floor = frontier.floor();
    Slot slot = frontier.find(position);
    boolean belowFloor = floor != null && position.compareTo(floor) <= 0;
    if (belowFloor || (slot != null && slot.state == Slot.State.SETTLED)) {
      committer.settled(position, now);
    }
  }

  private void add(LaneEvent event) {
    String key = event instanceof LaneEvent.Decoded readable ? readable.event().key() : null;
    KeyQueue queue = key == null ? null : keys.computeIfAbsent(key, unused -> new KeyQueue());
    Slot slot = new Slot(nextOrdinal++, event, queue);
    Tries tries = inherited.take(event.position());
    if (tries != null) {
      slot.attempts = tries.attempts();
      slot.firstFailure = tries.firstFailure();
      slot.lastFailure = tries.lastFailure();
      slot.due = tries.due();
      slot.fate = tries.fate();
      tried.add(slot);
    }
    if (suspicion.suspects(slot.position, key, past(slot))) {
      suspicion.add(slot);
    }
    frontier.add(slot);
    if (queue != null) {
      queue.add(slot);
    }
    if (slot.isHead()) {
      ready(slot);
    }
  }

  private Suspicion.Past past(Slot slot) {
    if (slot.attempts == 0) {
      return Suspicion.Past.UNKNOWN;
    }
    return slot.due > context.runtime().now().toEpochMilli()
        ? Suspicion.Past.WAITING
        : Suspicion.Past.TRIED;
  }

  /** Puts a slot where {@link #next} looks. */
  void ready(Slot slot) {
    if (slot.due > 0) {
      long wait = slot.due - context.runtime().now().toEpochMilli();
      slot.due = 0;
      if (wait > 0) {
        backOff(slot, Duration.ofMillis(wait));
        return;
      }
    }
    slot.state = Slot.State.READY;
    if (ready.parks(slot)) {
      return;
    }
    if (slot.suspect) {
      suspicion.ready(slot);
    } else {
      ready.add(slot);
    }
  }

  /** A handler of an earlier ownership has let go of an identity. */
  void letGo(Object identity) {
    ready.letGo(identity).forEach(this::ready);
  }

  /**
   * The slot that should start next, or null. In steady work the lowest one that may; while suspects
   * are left, one of them at a time and nothing beside it (R5).
   */
  @Nullable
  Slot next() {
    if (state != State.OPEN) {
      return null;
    }
    if (suspicion.marked() != null) {
      return nextSuspect();
    }
    if (pressingSuspect() != null) {
      return null;
    }
    if (committer.unrecorded() + running >= context.limits().reach()) {
      return null;
    }
    Slot retry = ready.firstRetry();
    if (retry != null) {
      if (retry.durableFirst <= committer.durable()) {
        return retry;
      }
      committer.hurry();
    }
    Slot slot = ready.firstFresh();
    return slot != null && context.budget().mayTakeAnother() && mayStartFresh(slot) ? slot : null;
  }

  private boolean mayStartFresh(Slot slot) {
    if (slot.ordinal > startLimit) {
      committer.hurry();
      return false;
    }
    Slot lowest = frontier.lowest();
    return recordHasRoom()
        && (lowest == null
            || slot == lowest
            || context.limits().areNear(lowest.position, slot.position));
  }

  /** Each event that runs may fail, and then the record must hold it. */
  private boolean recordHasRoom() {
    return tried.size() + inherited.triesNotArrived() + running
        < context.limits().maxTries();
  }

  private @Nullable Slot nextSuspect() {
    return running == 0 && suspicion.markIsDurable(committer.durable()) ? suspicion.marked() : null;
  }

  /** The suspect that has the window's room and so keeps all else of the lane from starting. */
  private @Nullable Slot pressingSuspect() {
    Slot first = suspicion.nextReady();
    if (first == null) {
      return null;
    }
    boolean hasRoom = first.counted || context.budget().mayTakeAnother();
    return hasRoom && (first.attempts > 0 || recordHasRoom()) ? first : null;
  }

  /** The suspect that should ask for the process's turn, or null. */
  @Nullable
  Slot suspectForTurn() {
    boolean may =
        state == State.OPEN && startLimit >= 0 && suspicion.marked() == null && running == 0;
    return may ? pressingSuspect() : null;
  }

  /** Has the suspect written down; it starts when that is durable. */
  void mark(Slot slot, long now) {
    context.budget().take(slot);
    suspicion.mark(slot, committer.change(now));
    committer.hurry();
  }

  /** Takes a mark back that nothing was started under. */
  void unmark(long now) {
    Slot marked = suspicion.marked();
    if (marked != null) {
      context.budget().giveBack(marked);
    }
    suspicion.unmark(committer.change(now));
    committer.hurry();
  }

  /** No record names a suspect of this lane any more. */
  boolean unmarkIsDurable() {
    return suspicion.unmarkIsDurable(committer.durable());
  }

  @Nullable
  Slot marked() {
    return suspicion.marked();
  }

  /** Takes a slot that {@link #next} has named out of its queue. */
  void take(Slot slot) {
    if (slot.suspect) {
      suspicion.takeReady(slot);
    } else {
      ready.remove(slot);
    }
  }

  void started(Slot slot) {
    slot.state = Slot.State.RUNNING;
    running++;
  }

  void ended() {
    running--;
  }

  /** A suspect has run alone and is one no more, however it went. */
  void acquit(Slot slot, long now) {
    if (suspicion.marked() == slot) {
      suspicion.unmark(committer.change(now));
      committer.hurry();
    }
    suspicion.clear(slot);
  }

  void settled(Slot slot, long now) {
    LaneEvent content = slot.content;
    if (content != null) {
      credit.released(content.bytes());
    }
    Event event = slot.event();
    String key = event == null ? null : event.key();
    tried.remove(slot);
    suspicion.clear(slot);
    frontier.settle(slot);
    committer.settled(slot.position, now);
    if (slot.queue != null) {
      Slot next = slot.queue.advance();
      if (next != null) {
        ready(next);
      } else if (key != null) {
        keys.remove(key);
      }
    }
  }

  /** Counts a failed attempt, which must be durable before the next one. */
  void failed(Slot slot, long wallMillis, long now) {
    slot.attempts++;
    slot.fate = Fate.FAILED;
    slot.lastFailure = wallMillis;
    if (slot.firstFailure == 0) {
      slot.firstFailure = wallMillis;
    }
    tried.add(slot);
    slot.durableFirst = committer.change(now);
  }

  /** It waits in its place; its key waits with it. */
  void backOff(Slot slot, Duration delay) {
    slot.state = Slot.State.BACKOFF;
    long nanos = Nanos.of(delay);
    slot.due = context.runtime().now().toEpochMilli() + nanos / 1_000_000;
    context.retries().add(context.runtime().nanos() + nanos, this, slot);
  }

  /** Its backoff is over. */
  void due(Slot slot) {
    slot.due = 0;
    ready(slot);
  }

  void buryingStarted(Slot slot) {
    slot.state = Slot.State.BURYING;
    burying++;
  }

  void buryingEnded() {
    burying--;
  }

  boolean mayCommit() {
    return state == State.OPEN || state == State.LEAVING;
  }

  /** The dirty record: nothing starts before it is durable. */
  void takeOver(long now) {
    committer.change(now);
    committer.hurry();
  }

  Snapshot snapshot() {
    return SnapshotWriter.write(this, state == State.RELEASING);
  }

  /** What the lane is released with; one that was never taken over keeps the record it came with. */
  Progress lastProgress() {
    if (startLimit >= 0) {
      return snapshot().progress();
    }
    int ahead = recordKeepsAhead ? inherited.record().ahead().cardinality() : 0;
    return new Progress(List.of(), frontier.floor(), ahead, startRecord);
  }

  void committed(Snapshot snapshot, long now) {
    committer.succeeded(now);
    startLimit = Math.max(startLimit, snapshot.startLimit());
  }

  Lane lane() {
    return lane;
  }

  int number() {
    return lane.number();
  }

  boolean ownedAt(long now) {
    return state != State.GONE && lane.leaseUntil() - now > 0;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  boolean isQuiet() {
    return running == 0 && burying == 0;
  }

  int running() {
    return running;
  }

  LaneCommitter committer() {
    return committer;
  }

  LaneCredit credit() {
    return credit;
  }

  Frontier frontier() {
    return frontier;
  }

  Suspicion suspicion() {
    return suspicion;
  }

  InheritedRecord inherited() {
    return inherited;
  }

  LaneLimits limits() {
    return context.limits();
  }

  Set<Slot> tried() {
    return tried;
  }

  long nextOrdinal() {
    return nextOrdinal;
  }

  @Nullable
  Position lastArrived() {
    return lastArrived;
  }

  boolean recordKeepsAhead() {
    return recordKeepsAhead;
  }
}
