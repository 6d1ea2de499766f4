package dev.eventbus.driver.embedded;

import dev.eventbus.Health;
import dev.eventbus.spi.MonotonicClock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the database, for the members and for {@code health()}. */
final class Trouble {

  private static final long STUCK = TimeUnit.SECONDS.toNanos(1);

  private final StoreHealth publishing;
  private final StoreHealth keeping;
  private final StoreHealth reading = new StoreHealth();
  private final Keeper keeper;
  private final WriteLock lock;
  private final Location location;
  private final MonotonicClock clock;
  private volatile @Nullable String stuck;

  Trouble(
      StoreHealth publishing,
      StoreHealth keeping,
      Keeper keeper,
      WriteLock lock,
      Location location,
      MonotonicClock clock) {
    this.publishing = publishing;
    this.keeping = keeping;
    this.keeper = keeper;
    this.lock = lock;
    this.location = location;
    this.clock = clock;
  }

  /** The reading loop could not read. */
  void reading(StoreException failure) {
    reading.failed(failure);
  }

  void readingWorks() {
    reading.worked();
  }

  /** Tells the members what has begun or ended; called by the reading loop. */
  void tell(List<GroupMember> members) {
    stuck = stuckText();
    StoreException failure = keeping.trouble() == null ? reading.trouble() : keeping.trouble();
    String text = failure == null ? stuck : failure.textWithCode();
    for (GroupMember member : List.copyOf(members)) {
      if (failure != null && failure.code() == EmbeddedError.NEWER_SCHEMA) {
        member.fail(failure.toDriverException());
      } else {
        member.tell(text);
      }
    }
  }

  private @Nullable String stuckText() {
    long nanos = keeper.busyNanos(clock.nanos());
    if (nanos < STUCK) {
      return null;
    }
    return Texts.locked(location, lock.holder(), TimeUnit.NANOSECONDS.toSeconds(nanos))
        + " ["
        + EmbeddedError.LOCKED.id()
        + "]";
  }

  Health health(String name) {
    for (StoreHealth each : List.of(publishing, keeping, reading)) {
      StoreException failure = each.trouble();
      if (failure != null) {
        return failure.code() == EmbeddedError.NEWER_SCHEMA
                || failure.code() == EmbeddedError.CORRUPT
            ? Health.down(name, failure.textWithCode())
            : Health.degraded(name, failure.textWithCode());
      }
    }
    String waiting = stuck;
    return waiting == null ? Health.up(name) : Health.degraded(name, waiting);
  }
}
