package dev.eventbus.driver.nats;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A member's lease in the {@link Ledger}; all lanes that it owns live by it. The server counts from
 * when it stored the renewal, this member from when it sent it, so the member gives up first.
 */
final class MemberLease {

  /** Renewals in the time of a lease. */
  private static final int RENEWALS = 3;

  private static final Duration SHORTEST_LIMIT = Duration.ofMillis(300);

  /** What becomes of the lease. */
  interface Observer {
    /** It had ended and runs again: lanes may have been taken meanwhile. */
    void lapsed(long endedAt);

    /** A renewal failed, and is tried again. */
    void trouble(Throwable cause);
  }

  private final ServerCalls calls;
  private final Ledger ledger;
  private final String key;
  private final String member;
  private final Duration length;
  private final Serial serial;
  private final Observer observer;

  private volatile long until;
  private long revision;
  private long sentAt;
  private boolean sending;
  private boolean lapsed;
  private boolean ended;

  MemberLease(
      ServerCalls calls,
      Ledger ledger,
      String key,
      String member,
      Duration length,
      Serial serial,
      Observer observer) {
    this.calls = calls;
    this.ledger = ledger;
    this.key = key;
    this.member = member;
    this.length = length;
    this.serial = serial;
    this.observer = observer;
    until = calls.clock().nanos();
    sentAt = until - length.toNanos();
  }

  /** May be read on any thread. */
  long until() {
    return until;
  }

  /** Renews the lease when it is time. */
  void tick() {
    if (calls.clock().nanos() - sentAt >= length.toNanos() / RENEWALS) {
      renew();
    }
  }

  /** Renews the lease now. */
  void renew() {
    if (sending || ended) {
      return;
    }
    sending = true;
    sentAt = calls.clock().nanos();
    long sent = sentAt;
    ledger
        .renew(key, revision, member, length, limit())
        .whenComplete((stored, failure) -> serial.execute(() -> {
          sending = false;
          if (ended) {
            return;
          }
          if (failure == null) {
            renewed(sent, stored);
          } else {
            failed(ServerCalls.cause(failure));
          }
        }));
  }

  private Duration limit() {
    Duration limit = length.dividedBy(RENEWALS);
    return limit.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : limit;
  }

  private void renewed(long sent, long stored) {
    revision = stored;
    if (lapsed) {
      lapsed = false;
      // Before the lease runs on: no lane may live by it until it is confirmed.
      observer.lapsed(until);
    }
    until = sent + length.toNanos();
  }

  private void failed(Throwable cause) {
    if (cause instanceof Ledger.StaleRevisionException) {
      reread();
    } else {
      observer.trouble(cause);
    }
  }

  /** Either an answer was lost, or the lease has ended and its key is gone. */
  private void reread() {
    sending = true;
    ledger
        .read(key)
        .whenComplete((entry, failure) -> serial.execute(() -> {
          sending = false;
          if (failure != null) {
            observer.trouble(ServerCalls.cause(failure));
            return;
          }
          revision = entry.revision();
          lapsed |= !entry.page().owner().equals(member);
          renew();
        }));
  }

  /** Gives the lease up at once. */
  CompletableFuture<Long> remove() {
    ended = true;
    return ledger.remove(key);
  }

  /** Lets it end by itself. */
  void forget() {
    ended = true;
  }
}
