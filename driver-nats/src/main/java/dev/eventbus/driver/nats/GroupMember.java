package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A member of a durable group. The {@link Roster} says how many lanes it should own, the {@link
 * Ledger} which it may take. All of its state belongs to its {@link Serial}.
 */
final class GroupMember implements Member, Arrivals.Inlet, MemberLease.Observer {

  private static final Duration NEXT_TRY = Duration.ofMillis(150);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIM_CHECKS = Duration.ofSeconds(2);

  /** Leaves the others time to say that they are there. */
  private static final long FIRST_TICK_NANOS = Duration.ofMillis(40).toNanos();

  private final String id;
  private final JetStreamParts parts;
  private final TopicStream stream;
  private final JoinRequest request;
  private final Serial serial = new Serial();
  private final MemberLease lease;
  private final MemberLanes lanes;
  private final Roster roster = new Roster();
  private final String rosterSubject;
  private final Set<Integer> revoked = new HashSet<>();
  private final Map<Integer, Long> notBefore = new HashMap<>();
  private final Set<Integer> asking = new HashSet<>();

  private @Nullable Subscription calls;
  private @Nullable Future<?> ticking;
  private Roster.Standing standing = Roster.Standing.PRESENT;
  private boolean left;
  private long calledAt;
  private long trimCheckedAt;
  private long takesFrom;

  GroupMember(
      String id,
      JetStreamParts parts,
      TopicStream stream,
      JoinRequest request,
      LaneObserver observer) {
    this.id = id;
    this.parts = parts;
    this.stream = stream;
    this.request = request;
    String key = NatsNames.memberKey(request.topic().name(), request.group(), id);
    lease = new MemberLease(parts.calls(), parts.ledger(), key, id, request.lease(), serial, this);
    lanes = new MemberLanes(parts, stream, request, observer, serial, lease::until, this::changed);
    rosterSubject = NatsNames.roster(request.topic().name(), request.group());
    takesFrom = parts.calls().clock().nanos();
  }

  private long now() {
    return parts.calls().clock().nanos();
  }

  /** Begins to work. */
  void start() {
    serial.execute(() -> {
      calls = parts.arrivals().open(rosterSubject, this);
      lease.renew();
      call(RosterCall.Kind.HELLO);
      long period = parts.tick(request.lease()).toNanos();
      ticking = parts
          .timer()
          .scheduleWithFixedDelay(
              () -> serial.execute(this::tick), FIRST_TICK_NANOS, period, TimeUnit.NANOSECONDS);
    });
  }

  private void tick() {
    if (left) {
      return;
    }
    long now = now();
    lease.tick();
    roster.forget(now);
    if (now - calledAt > silence()) {
      call(RosterCall.Kind.HERE);
    }
    lanes.tick();
    balance();
    checkTrimmed(now);
  }

  private long silence() {
    long quarter = request.lease().toNanos() / 4;
    return Math.min(quarter, LONGEST_SILENCE.toNanos());
  }

  private void checkTrimmed(long now) {
    if (lanes.count() > 0 && now - trimCheckedAt > BETWEEN_TRIM_CHECKS.toNanos()) {
      trimCheckedAt = now;
      serial.after(
          parts.calls().streamInfo(stream.name()),
          info -> lanes.checkTrimmed(info.getStreamState()),
          notNow -> {});
    }
  }

  // Who is there.

  private void call(RosterCall.Kind kind) {
    calledAt = now();
    var self = new Roster.Peer(id, standing, lanes.owned(), request.lease().toMillis());
    parts.calls().send(rosterSubject, null, new RosterCall(kind, self).encoded());
  }

  @Override
  public void message(Message message) {
    serial.execute(() -> {
      RosterCall call = RosterCall.read(message.getData());
      if (!left && call != null && !call.peer().id().equals(id)) {
        heard(call);
      }
    });
  }

  private void heard(RosterCall call) {
    if (call.kind() == RosterCall.Kind.BYE) {
      roster.leave(call.peer().id());
    } else if (!roster.hear(call.peer(), now())) {
      return;
    } else if (call.kind() == RosterCall.Kind.HELLO) {
      call(RosterCall.Kind.HERE);
    }
    notBefore.clear();
    balance();
  }

  @Override
  public void flush() {}

  /** A lane is owned or free from now on. */
  private void changed(int lane) {
    if (left) {
      return;
    }
    if (!lanes.has(lane)) {
      revoked.remove(lane);
    }
    call(RosterCall.Kind.HERE);
  }

  // Which lanes.

  private void balance() {
    if (left || standing == Roster.Standing.RETIRED) {
      return;
    }
    Roster.Place place = roster.place(id);
    int share = place.share(stream.lanes());
    int owned = lanes.count();
    if (owned - revoked.size() > share) {
      lanes.revoke(owned - revoked.size() - share, revoked);
    }
    int wanted = share - owned - asking.size();
    for (int i = 0; i < stream.lanes() && wanted > 0; i++) {
      int lane = (place.firstLane(stream.lanes()) + i) % stream.lanes();
      if (mayAskFor(lane)) {
        wanted--;
        ask(lane);
      }
    }
  }

  private boolean mayAskFor(int lane) {
    Long earliest = notBefore.get(lane);
    return !lanes.has(lane)
        && !asking.contains(lane)
        && !roster.owned(lane)
        && (earliest == null || now() - earliest >= 0);
  }

  private void ask(int lane) {
    asking.add(lane);
    String key = NatsNames.recordKey(request.topic().name(), request.group(), lane);
    CompletableFuture<Optional<Ledger.Entry>> free = parts
        .ledger()
        .read(key)
        .thenCompose(entry ->
            isFree(entry.page().owner()).thenApply(is -> Optional.of(entry).filter(e -> is)));
    serial.after(
        free,
        entry -> answered(lane, key, entry),
        failure -> answered(lane, key, Optional.empty()));
  }

  private void answered(int lane, String key, Optional<Ledger.Entry> free) {
    asking.remove(lane);
    if (left || standing == Roster.Standing.RETIRED) {
      return;
    }
    if (free.isEmpty()) {
      notBefore.put(lane, now() + NEXT_TRY.toNanos());
    } else {
      lanes.take(lane, new LedgerBook(parts.ledger(), key, id, free.get()));
    }
  }

  /** A lane is free if its last owner gave it up, or its lease has ended. */
  private CompletableFuture<Boolean> isFree(String owner) {
    if (owner.isEmpty() || owner.equals(id)) {
      return CompletableFuture.completedFuture(true);
    }
    if (now() - takesFrom < 0) {
      return CompletableFuture.completedFuture(false);
    }
    String key = NatsNames.memberKey(request.topic().name(), request.group(), owner);
    return parts.ledger().lives(key).thenApply(lives -> !lives);
  }

  // The connection and the lease.

  @Override
  public void disconnected(String why) {
    serial.execute(() -> lanes.degraded(why));
  }

  @Override
  public void reconnected() {
    serial.execute(() -> {
      if (!left) {
        beCautious();
        lease.renew();
        lanes.align();
        lanes.recoverIfAligned();
        call(RosterCall.Kind.HELLO);
      }
    });
  }

  @Override
  public void denied(Denial denial) {
    if (denial.concerns(stream.name(), NatsNames.consumers(request.group()))) {
      serial.execute(() -> lanes.denied(denial.explained()));
    }
  }

  @Override
  public void ended(DriverException why) {
    serial.execute(() -> lanes.fail(why));
  }

  @Override
  public void lapsed(long endedAt) {
    beCautious();
    lanes.alignAfterLapse(endedAt);
  }

  /**
   * What kept this member from the server may have kept the others too: they are given time to come
   * back to their lanes, on which handlers may be running.
   */
  private void beCautious() {
    roster.hearAll(now());
    takesFrom = now() + request.lease().plus(parts.reconnectWait()).toNanos();
  }

  @Override
  public void trouble(Throwable cause) {
    if (now() - lease.until() > 0) {
      lanes.degraded(
          String.valueOf(Refusals.explained("the lease of this member", cause).getMessage()));
    }
  }

  // The end.

  @Override
  public void retire() {
    serial.execute(() -> {
      standing = Roster.Standing.RETIRED;
      call(RosterCall.Kind.HERE);
    });
  }

  @Override
  public CompletionStage<Void> leave() {
    var done = new CompletableFuture<Void>();
    serial.execute(() -> {
      if (left) {
        done.complete(null);
        return;
      }
      left = true;
      if (ticking != null) {
        ticking.cancel(false);
      }
      boolean owning = lanes.abandon();
      if (calls != null) {
        parts.arrivals().close(calls);
      }
      call(RosterCall.Kind.BYE);
      parts.left(this);
      if (owning) {
        // A handler may still run: the lane passes on when the lease ends.
        lease.forget();
        done.complete(null);
      } else {
        Calls.follow(lease.remove(), (removed, failure) -> done.complete(null));
      }
    });
    return done;
  }
}
