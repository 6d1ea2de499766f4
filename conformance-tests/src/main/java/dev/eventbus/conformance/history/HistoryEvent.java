package dev.eventbus.conformance.history;

/** One line of a history. */
public sealed interface HistoryEvent {

  /** Who wrote it, and when. */
  Stamp at();

  /** A publish was called; the digest covers everything that must come out as it went in. */
  record PublishCalled(Stamp at, EventRef event, long digest) implements HistoryEvent {}

  /** A publish was confirmed. */
  record PublishOk(Stamp at, EventRef event, int lane, String position) implements HistoryEvent {}

  /** A publish failed and is told not to be stored. */
  record PublishFailed(Stamp at, EventRef event, String why) implements HistoryEvent {}

  /** A publish failed and may be stored. */
  record PublishUnknown(Stamp at, EventRef event, String why) implements HistoryEvent {}

  /**
   * A handler was entered.
   *
   * @param run names the run within its process
   */
  record HandlerStarted(
      Stamp at,
      String group,
      EventRef event,
      long run,
      int attempt,
      int lane,
      long fence,
      boolean redelivered,
      long digest)
      implements HistoryEvent {}

  /**
   * A handler is about to return, or to fail.
   *
   * @param run as in its {@link HandlerStarted}
   * @param delayNanos the delay that the handler asked for; 0 unless {@link Outcome#RETRY_LATER}
   */
  record HandlerEnded(
      Stamp at,
      String group,
      EventRef event,
      long run,
      Outcome outcome,
      long delayNanos,
      String why)
      implements HistoryEvent {}

  /** How a handler ended. */
  enum Outcome {
    /** It returned, or its stage completed. */
    OK,
    /** It threw, or its stage failed. */
    FAILED,
    /** It rejected the event. */
    REJECTED,
    /** It asked for another delay. */
    RETRY_LATER
  }

  /** A member was told that the event's dead letter is stored. */
  record DeadLettered(Stamp at, String group, EventRef event, String reason)
      implements HistoryEvent {}

  /** A member was told that the event was given up without a dead letter. */
  record Discarded(Stamp at, String group, EventRef event, String reason) implements HistoryEvent {}

  /** A dead letter was read from its topic; the digest is without the dead letter's headers. */
  record DeadLetterSeen(
      Stamp at, String group, EventRef event, String reason, int attempts, long digest)
      implements HistoryEvent {}

  /** A member was told that retention took events. */
  record Trimmed(Stamp at, String topic, String group, int lane, long events)
      implements HistoryEvent {}

  /** A member was granted a lane. */
  record LaneGranted(Stamp at, String topic, String group, int lane, long fence)
      implements HistoryEvent {}

  /** A member lost a lane. */
  record LaneLost(Stamp at, String topic, String group, int lane, String why)
      implements HistoryEvent {}

  /** A member has subscribed. */
  record MemberStarted(Stamp at, String topic, String group, HandlerKind handlers)
      implements HistoryEvent {}

  /** What kind of handlers a member has. */
  enum HandlerKind {
    /** A handler that returns when it is done. */
    BLOCKING,
    /** A handler that answers with a stage (A9). */
    ASYNC
  }

  /** A member is about to end in good order. */
  record MemberStopped(Stamp at) implements HistoryEvent {}

  /** A member calls the bus, or the call has returned. */
  record MemberCall(Stamp at, Call call, Phase phase) implements HistoryEvent {}

  /** What a member calls. */
  enum Call {
    /** {@code Subscription.pause()}. */
    PAUSE,
    /** {@code Subscription.resume()}. */
    RESUME,
    /** {@code Subscription.close()}. */
    CLOSE
  }

  /** Before or after a call. */
  enum Phase {
    /** Before. */
    CALLED,
    /** After. */
    RETURNED
  }

  /** A process was killed; written before the signal is sent. */
  record ProcessKilled(Stamp at, long target) implements HistoryEvent {}

  /** A handler is about to halt its own process, because the event is poison. */
  record ProcessHalts(Stamp at, EventRef event) implements HistoryEvent {}

  /** A process was seen to be gone. */
  record ProcessGone(Stamp at, long target, int exitCode) implements HistoryEvent {}

  /** A process was sent SIGSTOP; written before the signal is sent. */
  record ProcessSuspended(Stamp at, long target) implements HistoryEvent {}

  /** A process was sent SIGCONT; written before the signal is sent. */
  record ProcessContinued(Stamp at, long target) implements HistoryEvent {}

  /** Something was done to the broker. */
  record BrokerFault(Stamp at, BrokerEvent what, String text) implements HistoryEvent {}

  /** What was done to a broker. */
  enum BrokerEvent {
    /** It was stopped in good order, suspended or cut off, and keeps what it told: written before. */
    AWAY,
    /** It was killed, and may forget what it told in the last seconds: written before. */
    KILLED,
    /** It is back: written after. */
    BACK
  }

  /** The workload gave up waiting for progress. */
  record GaveUp(Stamp at, String why) implements HistoryEvent {}

  /** A remark for the reader of the history. */
  record Note(Stamp at, String text) implements HistoryEvent {}
}
