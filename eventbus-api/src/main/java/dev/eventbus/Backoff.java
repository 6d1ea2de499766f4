package dev.eventbus;

import java.time.Duration;

/**
 * How long a failed event waits: exponential with a cap (R2).
 *
 * @param first the delay before attempt 2; default 200 ms, at least 1 ms
 * @param factor what each further delay is multiplied by; default 2, at least 1
 * @param most the cap; default 30 s, at least {@code first}
 * @param jitter the share by which a delay is drawn around its value; default 0.2, from 0 to 0.9
 */
public record Backoff(Duration first, double factor, Duration most, double jitter) {

  private static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(30), 0.2);

  public Backoff {
    Limits.atLeast(first.toMillis(), 1, "backoff first (ms)");
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("backoff factor is " + factor + ": give at least 1");
    }
    if (most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff most is " + most + ": give at least first, which is " + first);
    }
    if (!(jitter >= 0 && jitter <= 0.9)) {
      throw new IllegalArgumentException("backoff jitter is " + jitter + ": give 0 to 0.9");
    }
  }

  /** The defaults named above. */
  public static Backoff defaults() {
    return DEFAULT;
  }

  /** The same delay each time, without jitter. */
  public static Backoff fixed(Duration delay) {
    return new Backoff(delay, 1, delay, 0);
  }

  /**
   * The delay after a failed attempt.
   *
   * @param attempt the number of the attempt that failed, from 1
   * @param draw a number drawn evenly from 0 (the shortest) to 1 (the longest)
   */
  public Duration after(int attempt, double draw) {
    double plain = (double) first.toNanos() * Math.pow(factor, attempt - 1);
    double capped = Math.min(plain, (double) most.toNanos());
    return Duration.ofNanos((long) (capped * (1 + jitter * (2 * draw - 1))));
  }
}
