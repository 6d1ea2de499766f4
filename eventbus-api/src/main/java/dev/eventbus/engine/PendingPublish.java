package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.Published;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.MessageId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One publish from its call to its confirmation.
 *
 * <p>Invariant: its room in the gate is given back once the driver has answered, or when it will
 * never be asked; not when the caller's wait ends, for until then its bytes are held.
 */
final class PendingPublish {

  /** Whether the driver may have it. */
  private enum Phase {
    WAITING,
    APPENDED,
    WITHDRAWN
  }

  final String topic;
  final Event event;
  final MessageId id;
  final Duration delay;
  final long deadline;
  final CompletableFuture<Published> result = new CompletableFuture<>();
  private final AtomicBoolean settled = new AtomicBoolean();
  private Phase phase = Phase.WAITING;
  private Outcome worst = Outcome.NOT_STORED;
  private @Nullable Append append;

  PendingPublish(String topic, Event event, MessageId id, Duration delay, long deadline) {
    this.topic = topic;
    this.event = event;
    this.id = id;
    this.delay = delay;
    this.deadline = deadline;
  }

  /** Names the lane; the same append is used again when it is retried. */
  Append into(int lane) {
    Append made = new Append(lane, event, id, delay);
    append = made;
    return made;
  }

  @Nullable
  Append append() {
    return append;
  }

  /** The driver gets it now; false when the caller no longer waits and it must not be stored. */
  synchronized boolean hand() {
    if (phase == Phase.WITHDRAWN) {
      return false;
    }
    phase = Phase.APPENDED;
    return true;
  }

  /** The driver has refused it and may be asked again: nothing of it is under way. */
  synchronized void refused(Outcome outcome) {
    if (outcome == Outcome.UNKNOWN) {
      worst = Outcome.UNKNOWN;
    }
    phase = Phase.WAITING;
  }

  /** The caller's wait ends; says what is known of the event. */
  synchronized Outcome expire() {
    if (phase == Phase.APPENDED) {
      return Outcome.UNKNOWN;
    }
    phase = Phase.WITHDRAWN;
    return worst;
  }

  /** The worst that any attempt may have come to. */
  synchronized Outcome worstOf(Outcome last) {
    return worst == Outcome.UNKNOWN ? worst : last;
  }

  /** True for the first caller: it gives the room back. */
  boolean settle() {
    return settled.compareAndSet(false, true);
  }
}
