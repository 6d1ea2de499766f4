package dev.eventbus;

/** What a confirmed event survives (P1), from weak to strong. */
public enum Durability {
  /** Nothing beyond this process. */
  PROCESS_MEMORY,
  /** The death of any process, the broker's included, but not of the machine. */
  PROCESS_CRASH,
  /** The sudden death of the machine, as far as its disk keeps its word. */
  POWER_LOSS,
  /** The loss of a machine. */
  REPLICATED
}
