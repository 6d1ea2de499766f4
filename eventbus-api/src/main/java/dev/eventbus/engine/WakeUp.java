package dev.eventbus.engine;

/** Wakes a loop at the earliest time that it has asked for. Owned by the loop. */
final class WakeUp {

  private final EngineRuntime runtime;
  private final Mailbox mailbox;
  private long now;
  private long wanted = Long.MAX_VALUE;
  private long scheduledFor;
  private boolean scheduled;

  WakeUp(EngineRuntime runtime, Mailbox mailbox) {
    this.runtime = runtime;
    this.mailbox = mailbox;
  }

  /** Begins to collect wishes. */
  void reset(long time) {
    now = time;
    wanted = Long.MAX_VALUE;
    if (scheduled && scheduledFor - time <= 0) {
      scheduled = false;
    }
  }

  /** Wishes to be woken; {@link Long#MAX_VALUE} wishes nothing. */
  void in(long nanos) {
    wanted = Math.min(wanted, nanos);
  }

  /** Schedules the earliest wish, unless an earlier wake-up is on its way. */
  void schedule() {
    if (wanted == Long.MAX_VALUE || (scheduled && scheduledFor - now <= wanted)) {
      return;
    }
    scheduled = true;
    scheduledFor = now + wanted;
    runtime.schedule(wanted, () -> mailbox.wake());
  }
}
