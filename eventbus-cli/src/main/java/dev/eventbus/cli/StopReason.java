package dev.eventbus.cli;

/** Why a subscription ends. */
enum StopReason {
  /** As many events as asked for were handled. */
  ENOUGH,
  /** Nothing arrived for as long as asked for. */
  IDLE,
  /** Nobody reads stdout any more. */
  OUTPUT_CLOSED,
  /** The process was told to end. */
  SIGNAL,
  /** The bus has given the subscription up. */
  FAILED
}
