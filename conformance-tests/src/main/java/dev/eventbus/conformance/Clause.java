package dev.eventbus.conformance;

/**
 * The clauses of the contract, in its order. The title is how the clause's text begins in {@code
 * docs/contract.md}, which a test compares.
 */
public enum Clause {
  P1(Mark.RELIABLE, "Durable"),
  P2(Mark.RELIABLE, "Order"),
  P3(Mark.RELIABLE, "Failure is told"),
  P4(Mark.RELIABLE, "Back-pressure"),
  P5(Mark.RELIABLE, "Bad input fails at once and alone"),
  P6(
      Mark.OPTIONAL,
      "Retries inside the client do not duplicate (idempotent producer, dedup window)"),
  P7(Mark.RELIABLE, "close() waits for what is pending"),
  P8(Mark.RELIABLE, "publishAll keeps list order per key and tells which events failed"),
  P9(Mark.OPTIONAL, "Delayed publish"),
  S1(Mark.RELIABLE, "Fan-out"),
  S2(Mark.RELIABLE, "Sharing"),
  S3(Mark.OPTIONAL, "Start"),
  S4(Mark.RELIABLE, "Durable"),
  S5(Mark.RELIABLE, "Ready means ready"),
  S6(Mark.OPTIONAL, "Broadcast"),
  S7(Mark.OPTIONAL, "Replay"),
  S8(Mark.RELIABLE, "Trimmed is told"),
  S9(
      Mark.RELIABLE,
      "A topic deleted, recreated or given another lane count under a running bus is noticed and told"),
  O1(Mark.RELIABLE, "Per key, in order, alone"),
  O2(Mark.RELIABLE, "A failing key waits alone"),
  O3(Mark.RELIABLE, "Join and leave"),
  O4(Mark.RELIABLE, "Crash"),
  O5(Mark.RELIABLE, "Broker restart (orderly, and kill -9 where A8 holds)"),
  O6(
      Mark.BOTH_PROFILES,
      "Events of different keys, and events with no key, run concurrently up to concurrency"),
  O7(
      Mark.BOTH_PROFILES,
      "A paused process (SIGSTOP past its lease) starts no handler on a lane that it lost"),
  O8(Mark.RELIABLE, "Fence"),
  A1(Mark.RELIABLE, "Handler returns"),
  A2(Mark.RELIABLE, "Handler throws, panics with any Throwable, or its future fails"),
  A3(Mark.RELIABLE, "Member killed"),
  A4(Mark.RELIABLE, "A handler may run longer than the lease"),
  A5(Mark.RELIABLE, "After a crash at most window already settled events come again per lane"),
  A6(Mark.RELIABLE, "A zombie's late settle neither loses an event nor moves the group back"),
  A7(Mark.RELIABLE, "Broker away while settling"),
  A8(Mark.OPTIONAL, "No loss on a broker killed with -9"),
  A9(Mark.RELIABLE, "Asynchronous handlers (CompletionStage) have the same semantics"),
  R1(Mark.RELIABLE, "The handler sees attempt()"),
  R2(Mark.RELIABLE, "Backoff"),
  R3(
      Mark.RELIABLE,
      "After the last attempt the event goes to the dead-letter topic of topic and group"),
  R4(Mark.RELIABLE, "RejectEvent goes to the dead letters at once"),
  R5(
      Mark.RELIABLE,
      "A poison event that kills the process is dead-lettered after at most maxAttempts + 1 deaths"),
  R6(Mark.RELIABLE, "An undecodable event goes to the dead letters with its raw bytes"),
  R7(Mark.RELIABLE, "Redrive"),
  R8(Mark.OPTIONAL, "onExhausted may also be DISCARD or HOLD (retry at the cap for ever)"),
  R9(Mark.OPTIONAL, "onExhausted = PARK_KEY"),
  R10(Mark.RELIABLE, "If the dead-letter write fails, the event is not settled"),
  F1(Mark.RELIABLE, "Never more than maxInFlight (100) events in handlers and backoff per member"),
  F2(Mark.RELIABLE, "pause()/resume()"),
  F3(Mark.RELIABLE, "A slow handler does not grow memory"),
  F4(Mark.RELIABLE, "lag()"),
  L1(Mark.RELIABLE, "close() drains"),
  L2(Mark.RELIABLE, "Broker gone and back"),
  L3(Mark.RELIABLE, "Broker absent at start"),
  L4(Mark.BOTH_PROFILES, "After close() no thread, socket or file of ours remains"),
  L5(
      Mark.BOTH_PROFILES,
      "health() tells up/down/degraded with a reason, for each subscription too"),
  L6(Mark.RELIABLE, "Wrong credentials"),
  D1(Mark.BOTH_PROFILES, "Payload bytes come out as they went in"),
  D2(Mark.BOTH_PROFILES, "Key, headers, id, type, source, time come out as they went in"),
  D3(
      Mark.RELIABLE,
      "Raw messages put on the topic by another language's plain client arrive as events (key from the broker's own key where it has one)"),
  D4(
      Mark.RELIABLE,
      "A plain client reads our payload bytes unwrapped, and CloudEvents attributes as headers"),
  D5(Mark.BOTH_PROFILES, "Names"),
  C1(Mark.BOTH_PROFILES, "At most once"),
  C2(Mark.BOTH_PROFILES, "Queue groups share"),
  C3(Mark.BOTH_PROFILES, "Nothing is dropped silently"),
  C4(Mark.OPTIONAL, "The profile is never a surprise"),
  Q1(Mark.OPTIONAL, "request(topic, event) gives one reply or a timeout error"),
  X1(Mark.RELIABLE, "One jar, no code change"),
  X2(
      Mark.OPTIONAL,
      "bridge copies a topic from one broker to another, at least once, order per key kept, and goes on after a kill -9");

  /** How firm a clause is. */
  public enum Mark {
    /** Every driver keeps it in the reliable profile. */
    RELIABLE,
    /** Every driver keeps it in both profiles. */
    BOTH_PROFILES,
    /** A driver may say that its broker cannot. */
    OPTIONAL
  }

  private final Mark mark;
  private final String title;

  Clause(Mark mark, String title) {
    this.mark = mark;
    this.title = title;
  }

  /** How firm it is. */
  public Mark mark() {
    return mark;
  }

  /** What it is about. */
  public String title() {
    return title;
  }

  /** Whether a driver may never say "not offered" in the reliable profile. */
  public boolean mandatory() {
    return mark == Mark.RELIABLE;
  }
}
