package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When the broker was away, and what that excuses. */
final class Outages {

  /** What a broker may have told and forgets when it is killed (A8). */
  private static final Duration FORGOTTEN = Duration.ofSeconds(5);

  /** The time within which all must go on once it is back (L2). */
  static final Duration RECOVERY = Duration.ofSeconds(10);

  private final List<Outage> outages = new ArrayList<>();

  /**
   * One of them; the ends are {@link ProcessLife#NEVER} and {@link Long#MAX_VALUE} while it lasts.
   *
   * @param what how it began
   */
  record Outage(BrokerEvent what, int from, int to, long fromNanos, long toNanos) {

    boolean killed() {
      return what == BrokerEvent.KILLED;
    }

    private Outage until(int seq, long nanos) {
      return new Outage(what, from, seq, fromNanos, nanos);
    }

    /** Where what it delays must have gone on. */
    long recoveredNanos() {
      return toNanos == Long.MAX_VALUE ? Long.MAX_VALUE : toNanos + RECOVERY.toNanos();
    }
  }

  void read(BrokerFault fault, int seq) {
    long nanos = fault.at().nanos();
    if (fault.what() != BrokerEvent.BACK) {
      outages.add(new Outage(fault.what(), seq, ProcessLife.NEVER, nanos, Long.MAX_VALUE));
      return;
    }
    outages.replaceAll(
        outage -> outage.to == ProcessLife.NEVER ? outage.until(seq, nanos) : outage);
  }

  List<Outage> all() {
    return outages;
  }

  boolean none() {
    return outages.isEmpty();
  }

  /** Whether one began or ended between two places, or lasted from before to after both. */
  boolean between(int first, int last) {
    return outages.stream().anyMatch(outage -> outage.from < last && outage.to >= first);
  }

  /** Whether a kill of the broker, of which that holds. */
  boolean killedBetween(int first, int last) {
    return outages.stream()
        .anyMatch(outage -> outage.killed() && outage.from < last && outage.to >= first);
  }

  /** Whether a broker that was killed may have forgotten that a run ended well. */
  boolean mayHaveForgotten(Run ok, int again) {
    long ended = ok.endNanos();
    return outages.stream()
        .anyMatch(outage -> outage.killed()
            && outage.from < again
            && ended >= outage.fromNanos - FORGOTTEN.toNanos()
            && ended <= outage.toNanos);
  }

  /** The part of a time in which the broker was there, and had been for {@link #RECOVERY}. */
  long calmNanos(long from, long to) {
    long calm = 0;
    long at = from;
    for (Outage outage : outages) {
      if (outage.recoveredNanos() > at && outage.fromNanos < to) {
        calm += Math.max(0, outage.fromNanos - at);
        at = outage.recoveredNanos();
      }
    }
    return calm + Math.max(0, to - at);
  }
}
