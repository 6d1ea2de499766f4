package dev.eventbus;

/** Which part of the contract holds. */
public enum Profile {
  /** All of it. */
  RELIABLE,
  /** At most once: only the clauses marked ◇. */
  REALTIME
}
