package dev.eventbus.conformance.history;

import dev.eventbus.Backoff;
import dev.eventbus.SubscribeOptions;
import java.time.Duration;
import java.util.Set;

/**
 * What a history is judged by. Start from {@link #of(SubscribeOptions)} and change what differs.
 *
 * @param maxAttempts attempts of one event
 * @param backoff the delays between them
 * @param window {@link SubscribeOptions#maxInFlight()}
 * @param concurrency handlers at once in one member
 * @param lease the lease
 * @param exhausted what becomes of an event after its last attempt, and how the history shows it
 * @param completeness whether the workload waited for its end
 * @param load whether upper bounds of times apply
 * @param stallLimit no time without progress may be longer while there is work and a member
 * @param deadLetterGroups groups of which the dead letters were read to their end
 */
public record Expectations(
    int maxAttempts,
    Backoff backoff,
    int window,
    int concurrency,
    Duration lease,
    Exhausted exhausted,
    Completeness completeness,
    Load load,
    Duration stallLimit,
    Set<String> deadLetterGroups) {

  /** What becomes of an event after its last attempt. */
  public enum Exhausted {
    /** A dead letter. */
    DEAD_LETTER,
    /** Nothing further. */
    DISCARD,
    /** It is tried for ever. */
    HOLD
  }

  /** Whether the workload waited for its end. */
  public enum Completeness {
    /** Every stored event should be settled. */
    COMPLETE,
    /** The history was cut at any moment. */
    CUT
  }

  /** Whether upper bounds of times apply. */
  public enum Load {
    /** The members had nothing else to do: a backoff ends in time, a takeover too. */
    IDLE,
    /** They had. */
    BUSY
  }

  public Expectations {
    deadLetterGroups = Set.copyOf(deadLetterGroups);
  }

  /** Of a complete, busy workload whose members have these options; dead letters were not read. */
  public static Expectations of(SubscribeOptions options) {
    return new Expectations(
        options.maxAttempts(),
        options.backoff(),
        options.maxInFlight(),
        options.concurrency(),
        options.lease(),
        switch (options.onExhausted()) {
          case DEAD_LETTER -> Exhausted.DEAD_LETTER;
          case DISCARD -> Exhausted.DISCARD;
          case HOLD -> Exhausted.HOLD;
        },
        Completeness.COMPLETE,
        Load.BUSY,
        options.lease().plusSeconds(30),
        Set.of());
  }

  /** A copy for a history that was cut at any moment. */
  public Expectations cut() {
    return new Expectations(
        maxAttempts,
        backoff,
        window,
        concurrency,
        lease,
        exhausted,
        Completeness.CUT,
        load,
        stallLimit,
        deadLetterGroups);
  }

  /** A copy that applies upper bounds of times. */
  public Expectations idle() {
    return new Expectations(
        maxAttempts,
        backoff,
        window,
        concurrency,
        lease,
        exhausted,
        completeness,
        Load.IDLE,
        stallLimit,
        deadLetterGroups);
  }

  /** A copy with another {@link #stallLimit()}. */
  public Expectations withStallLimit(Duration limit) {
    return new Expectations(
        maxAttempts,
        backoff,
        window,
        concurrency,
        lease,
        exhausted,
        completeness,
        load,
        limit,
        deadLetterGroups);
  }

  /** A copy with other {@link #deadLetterGroups()}. */
  public Expectations withDeadLettersOf(Set<String> groups) {
    return new Expectations(
        maxAttempts,
        backoff,
        window,
        concurrency,
        lease,
        exhausted,
        completeness,
        load,
        stallLimit,
        groups);
  }
}
