package dev.eventbus;

/** Which part of the contract holds. */
public enum Profile {
  /** All of it. */
  RELIABLE,
  /**
   * At most once: only the clauses marked ◇. A failed event is tried again in its process and then
   * logged, counted and dropped (C1); what came too fast is dropped and counted (C3).
   */
  REALTIME
}
