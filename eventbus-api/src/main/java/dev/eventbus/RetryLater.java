package dev.eventbus;

import java.time.Duration;

/** Thrown by a handler: a failed attempt whose next one comes after this delay, drawn without jitter (R4). */
public final class RetryLater extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration delay;

  /** The delay is zero or more. */
  public RetryLater(Duration delay) {
    super("retry after " + delay);
    Limits.notNegative(delay, "delay");
    this.delay = delay;
  }

  /** The delay, and why. */
  public RetryLater(Duration delay, Throwable cause) {
    super("retry after " + delay, cause);
    Limits.notNegative(delay, "delay");
    this.delay = delay;
  }

  /** How long to wait. */
  public Duration delay() {
    return delay;
  }
}
