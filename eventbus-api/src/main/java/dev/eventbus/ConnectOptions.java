package dev.eventbus;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a bus publishes and on which threads it runs handlers.
 *
 * @param publishTimeout how long a publish may wait for room and confirmation together before it
 *     fails (P3, P4); default 10 s, at least 1 ms
 * @param maxPendingPublishes unconfirmed events at most, over all topics (P4); default 1000
 * @param handlerExecutor runs blocking handlers; null (the default): virtual threads on Java 21 and
 *     later, else a pool that grows to the sum of the subscriptions' concurrency. A given executor
 *     is not shut down by the bus
 */
public record ConnectOptions(
    Duration publishTimeout,
    int maxPendingPublishes,
    @Nullable Executor handlerExecutor) {

  private static final Duration DEFAULT_PUBLISH_TIMEOUT = Duration.ofSeconds(10);
  private static final int DEFAULT_MAX_PENDING = 1000;

  public ConnectOptions {
    Limits.positive(publishTimeout, "publishTimeout");
    Limits.atLeast(maxPendingPublishes, 1, "maxPendingPublishes");
  }

  /** The defaults named above. */
  public static ConnectOptions defaults() {
    return new ConnectOptions(DEFAULT_PUBLISH_TIMEOUT, DEFAULT_MAX_PENDING, null);
  }

  /**
   * The defaults, changed by {@link Settings#PUBLISH_TIMEOUT} and {@link
   * Settings#MAX_PENDING_PUBLISHES}.
   *
   * @throws SettingException if one of them cannot be read
   */
  public static ConnectOptions from(Settings settings) {
    return new ConnectOptions(
        settings.duration(Settings.PUBLISH_TIMEOUT, DEFAULT_PUBLISH_TIMEOUT),
        settings.integer(Settings.MAX_PENDING_PUBLISHES, DEFAULT_MAX_PENDING, 1, 1_000_000),
        null);
  }

  /** A copy with another {@link #publishTimeout()}. */
  public ConnectOptions withPublishTimeout(Duration timeout) {
    return new ConnectOptions(timeout, maxPendingPublishes, handlerExecutor);
  }

  /** A copy with another {@link #maxPendingPublishes()}. */
  public ConnectOptions withMaxPendingPublishes(int most) {
    return new ConnectOptions(publishTimeout, most, handlerExecutor);
  }

  /** A copy with another {@link #handlerExecutor()}. */
  public ConnectOptions withHandlerExecutor(Executor executor) {
    return new ConnectOptions(publishTimeout, maxPendingPublishes, executor);
  }
}
