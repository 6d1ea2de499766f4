package dev.eventbus.driver.embedded;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lane while its member owns it. The engine's loop asks and commits; the reading loop has the
 * cursor; the keeper writes.
 */
final class OwnedLane implements Lane {

  /** How far it is between the grant and the end. */
  enum State {
    OWNED,
    /** Another member should have it. */
    REVOKING,
    /** The engine has given it back; perhaps not yet in the database. */
    RELEASED,
    LOST
  }

  private final Grant grant;
  private final LaneKey key;
  private final Seat seat;
  private final GroupMember member;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicReference<State> state = new AtomicReference<>(State.OWNED);
  private volatile Saved saved;

  private long next;
  private long head;
  private long aheadLeft;

  /** What is known to be in the database. */
  record Saved(long floor, int ahead, String record) {}

  OwnedLane(GroupMember member, Seat seat, Grant grant) {
    this.member = member;
    this.seat = seat;
    this.grant = grant;
    this.key = new LaneKey(member.group(), grant.lane(), grant.epoch(), seat.member());
    this.saved = new Saved(grant.floor(), grant.ahead(), grant.state());
    this.next = grant.floor() + 1;
    this.head = grant.head();
    this.aheadLeft = grant.ahead();
  }

  @Override
  public int number() {
    return grant.number();
  }

  @Override
  public long fence() {
    return grant.epoch();
  }

  @Override
  public long leaseUntil() {
    return seat.until();
  }

  @Override
  public void request(int moreEvents, long moreBytes) {
    events.addAndGet(moreEvents);
    bytes.addAndGet(moreBytes);
    member.wake();
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    return settle(progress, Settle.Then.KEEP);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    state.updateAndGet(now -> now == State.LOST ? State.LOST : State.RELEASED);
    return settle(progress, Settle.Then.HAND_OVER);
  }

  private CompletionStage<Void> settle(Progress progress, Settle.Then then) {
    if (state.get() == State.LOST) {
      return CompletableFuture.failedFuture(new LaneLostException(lostText()));
    }
    var settle = new Settle(this, progress, then);
    member.submit(settle);
    return settle.stage();
  }

  String lostText() {
    return "Lane "
        + grant.number()
        + " of group "
        + member.request().group()
        + " has another owner than number "
        + grant.epoch();
  }

  LaneStart start() {
    return new LaneStart(position(grant.floor()), position(grant.head()), grant.state());
  }

  private static @Nullable Position position(long offset) {
    return offset == 0 ? null : Position.of(offset);
  }

  GroupMember member() {
    return member;
  }

  LaneKey key() {
    return key;
  }

  /** Whether the engine has given it back. */
  boolean isReleased() {
    return state.get() == State.RELEASED;
  }

  /** Marks the loss; false if the engine had given the lane back before. */
  boolean lose() {
    return state.getAndSet(State.LOST) != State.RELEASED;
  }

  void revoking() {
    state.compareAndSet(State.OWNED, State.REVOKING);
  }

  Saved saved() {
    return saved;
  }

  void saved(Saved committed) {
    saved = committed;
  }

  /** Whether it counts for the member's share. */
  boolean isKept() {
    return state.get() == State.OWNED;
  }

  /** Whether there is something to read, as far as is known, and room for it. */
  boolean isReadable() {
    State now = state.get();
    return next <= head
        && (now == State.OWNED || now == State.REVOKING)
        && events.get() > 0
        && bytes.get() > 0;
  }

  long next() {
    return next;
  }

  long head() {
    return head;
  }

  /** The lane has events up to here. */
  void head(long found) {
    head = Math.max(head, found);
  }

  int eventCredit() {
    return (int) Math.min(events.get(), Integer.MAX_VALUE);
  }

  long byteCredit() {
    return bytes.get();
  }

  void delivered(long upTo, int eventCount, long byteCount) {
    next = upTo + 1;
    events.addAndGet(-eventCount);
    bytes.addAndGet(-byteCount);
    aheadLeft = 0;
  }

  /**
   * Goes on at this offset, because those before it were removed.
   *
   * @return how many of them were not settled: of the first gap after a grant, some were settled
   *     ahead, but never all
   */
  long skipTo(long offset) {
    long gap = offset - next;
    long unsettled = Math.max(1, gap - aheadLeft);
    aheadLeft = 0;
    next = offset;
    return unsettled;
  }
}
