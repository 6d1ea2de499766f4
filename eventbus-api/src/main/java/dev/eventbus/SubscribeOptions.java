package dev.eventbus;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one member handles a topic. Start from {@link #defaults()} and change what differs.
 *
 * @param start where a new group begins (S3); default earliest
 * @param maxAttempts attempts of one event (R1); default 3, at least 1
 * @param backoff the delays between attempts (R2)
 * @param concurrency handlers at once (F1, O6); default 16, at least 1
 * @param maxInFlight events in handlers and backoff at once (F1): the window; default 100, at least
 *     1
 * @param lease the time within which a silent member loses its lanes (A3); default 30 s, at least
 *     100 ms
 * @param onExhausted what becomes of an event after its last attempt (R3, R8)
 * @param drainTimeout how long {@code close} waits for running handlers (L1); default 30 s
 * @param maxSpan events of one lane between its lowest unsettled and its highest read one, at most
 *     (O2); default 1000, from 10 to 1000, so that the lane's record stays small on every broker
 * @param maxBufferedBytes payload bytes read and not yet settled, over all lanes (F3); default 64
 *     MiB. One event of any size always passes
 * @param listener is told what happens beside the handler
 * @param requires the profile that the bus must have for this subscription (C4); null, the default,
 *     for any. {@link Profile#RELIABLE} makes sure that no setting turns it into at most once
 */
public record SubscribeOptions(
    StartAt start,
    int maxAttempts,
    Backoff backoff,
    int concurrency,
    int maxInFlight,
    Duration lease,
    OnExhausted onExhausted,
    Duration drainTimeout,
    int maxSpan,
    long maxBufferedBytes,
    SubscriptionListener listener,
    @Nullable Profile requires) {

  private static final SubscribeOptions DEFAULT = new SubscribeOptions(
      StartAt.earliest(),
      3,
      Backoff.defaults(),
      16,
      100,
      Duration.ofSeconds(30),
      OnExhausted.DEAD_LETTER,
      Duration.ofSeconds(30),
      1000,
      64L << 20,
      SubscriptionListener.NONE,
      null);

  public SubscribeOptions {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(onExhausted, "onExhausted");
    Objects.requireNonNull(listener, "listener");
    Limits.atLeast(maxAttempts, 1, "maxAttempts");
    Limits.atLeast(concurrency, 1, "concurrency");
    Limits.atLeast(maxInFlight, 1, "maxInFlight");
    Limits.atLeast(lease.toMillis(), 100, "lease (ms)");
    Limits.notNegative(drainTimeout, "drainTimeout");
    Limits.atLeast(maxSpan, 10, "maxSpan");
    Limits.atLeast(maxBufferedBytes, 1, "maxBufferedBytes");
    if (maxSpan > 1000) {
      throw new IllegalArgumentException("maxSpan is " + maxSpan + ": give at most 1000");
    }
  }

  /** The defaults named above. */
  public static SubscribeOptions defaults() {
    return DEFAULT;
  }

  /** The defaults of a broadcast: it starts at the latest event and discards what is exhausted. */
  public static SubscribeOptions forBroadcast() {
    return DEFAULT.withStart(StartAt.latest()).withOnExhausted(OnExhausted.DISCARD);
  }

  /** A copy with another {@link #start()}. */
  public SubscribeOptions withStart(StartAt value) {
    return new SubscribeOptions(
        value,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #maxAttempts()}. */
  public SubscribeOptions withMaxAttempts(int value) {
    return new SubscribeOptions(
        start,
        value,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #backoff()}. */
  public SubscribeOptions withBackoff(Backoff value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        value,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #concurrency()}. */
  public SubscribeOptions withConcurrency(int value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        value,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #maxInFlight()}. */
  public SubscribeOptions withMaxInFlight(int value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        value,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #lease()}. */
  public SubscribeOptions withLease(Duration value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        value,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #onExhausted()}. */
  public SubscribeOptions withOnExhausted(OnExhausted value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        value,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #drainTimeout()}. */
  public SubscribeOptions withDrainTimeout(Duration value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        value,
        maxSpan,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #maxSpan()}. */
  public SubscribeOptions withMaxSpan(int value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        value,
        maxBufferedBytes,
        listener,
        requires);
  }

  /** A copy with another {@link #maxBufferedBytes()}. */
  public SubscribeOptions withMaxBufferedBytes(long value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        value,
        listener,
        requires);
  }

  /** A copy with another {@link #listener()}. */
  public SubscribeOptions withListener(SubscriptionListener value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        value,
        requires);
  }

  /** A copy with another {@link #requires()}. */
  public SubscribeOptions withRequires(Profile value) {
    return new SubscribeOptions(
        start,
        maxAttempts,
        backoff,
        concurrency,
        maxInFlight,
        lease,
        onExhausted,
        drainTimeout,
        maxSpan,
        maxBufferedBytes,
        listener,
        value);
  }
}
