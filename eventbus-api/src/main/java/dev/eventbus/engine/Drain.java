package dev.eventbus.engine;

import dev.eventbus.spi.Membership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a subscription, in stages that each have a limit: handlers end, lanes are released, the
 * group is left.
 */
final class Drain {

  private static final long RELEASE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LEAVE_NANOS = Duration.ofSeconds(5).toNanos();

  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final long handlerNanos;
  private @Nullable Membership membership;
  private boolean begun;
  private boolean leaving;
  private long began;
  private long leavingSince;

  Drain(Duration handlers) {
    this.handlerNanos = Nanos.of(handlers);
  }

  CompletableFuture<Void> closed() {
    return closed;
  }

  void leavesBy(Membership joined) {
    membership = joined;
    if (begun) {
      joined.retire();
    }
  }

  void begin(long now) {
    begun = true;
    began = now;
    if (membership != null) {
      membership.retire();
    }
  }

  boolean hasBegun() {
    return begun;
  }

  /** Handlers have had their time. */
  boolean isOverdue(long now) {
    return now - began >= handlerNanos;
  }

  /** Releases have had theirs too. */
  boolean isHopeless(long now) {
    return now - began >= handlerNanos + RELEASE_NANOS;
  }

  /** Leaving has had its own. */
  boolean isAbandoned(long now) {
    return leaving && now - leavingSince >= LEAVE_NANOS;
  }

  void leave(Consumer<@Nullable Throwable> left, long now) {
    if (leaving) {
      return;
    }
    leaving = true;
    leavingSince = now;
    if (membership == null) {
      left.accept(null);
      return;
    }
    membership.leave().whenComplete((ignored, error) -> left.accept(Failures.unwrapped(error)));
  }

  /** Nanoseconds until the next limit. */
  long untilNext(long now) {
    if (leaving) {
      return Math.max(0, leavingSince + LEAVE_NANOS - now);
    }
    long limit = isOverdue(now) ? handlerNanos + RELEASE_NANOS : handlerNanos;
    return Math.max(0, began + limit - now);
  }
}
