package dev.eventbus.driver.embedded;

import java.util.concurrent.TimeUnit;

/** A member's row in the database and how long it surely counts; a member that is lost takes a new one. */
final class Seat {

  private final long member;
  private final long leaseNanos;
  private volatile long until;

  /**
   * @param since a time before the transaction that made the row
   */
  Seat(long member, long leaseMillis, long since) {
    this.member = member;
    this.leaseNanos = TimeUnit.MILLISECONDS.toNanos(leaseMillis);
    this.until = since + leaseNanos;
  }

  long member() {
    return member;
  }

  long leaseNanos() {
    return leaseNanos;
  }

  /** The beat was raised by a transaction that began after this time. */
  void renewed(long since) {
    until = since + leaseNanos;
  }

  /** Others count from when they see the beat, thus later: we stop first. */
  long until() {
    return until;
  }

  boolean expired(long now) {
    return now - until >= 0;
  }
}
