package dev.eventbus.engine;

import dev.eventbus.Backoff;
import dev.eventbus.Event;
import dev.eventbus.OnExhausted;
import dev.eventbus.RejectEvent;
import dev.eventbus.RetryLater;
import dev.eventbus.engine.DeadLetterOffice.Reason;
import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.spi.LaneEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an event after its handler, or instead of it: settle, backoff or dead letter. */
final class Aftermath {

  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
  private static final Backoff BURIAL_BACKOFF = Backoff.defaults();

  private final MemberParts member;
  private final SubscriptionSpec spec;
  private final DeadLetterOffice office;
  private final ListenerCalls listener;
  private final OnExhausted onExhausted;
  private final OnExhausted onUndecodable;

  Aftermath(MemberParts member, DeadLetterOffice office) {
    this.member = member;
    this.spec = member.spec();
    this.office = office;
    this.listener = member.listener();
    this.onExhausted = spec.onExhausted();
    this.onUndecodable = spec.onUndecodable();
  }

  /** True when the event must not reach a handler; it is then on its way to its end. */
  boolean takesInsteadOfHandler(LaneWork lane, Slot slot) {
    if (slot.content instanceof LaneEvent.Undecodable raw) {
      lane.acquit(slot, member.nanos());
      exhausted(lane, slot, Reason.UNDECODABLE, raw.reason(), null);
      return true;
    }
    Reason doomed = doomed(slot);
    if (doomed != null) {
      lane.acquit(slot, member.nanos());
      exhausted(lane, slot, doomed, "so an earlier owner of the lane has left it", null);
      return true;
    }
    return false;
  }

  /** Why an event must not be tried again, as its record says, or null. */
  private @Nullable Reason doomed(Slot slot) {
    if (onExhausted == OnExhausted.HOLD) {
      return null;
    }
    if (slot.fate == Fate.REJECTED) {
      return Reason.REJECTED;
    }
    if (slot.attempts < member.options().maxAttempts()) {
      return null;
    }
    return slot.fate == Fate.CRASHED ? Reason.CRASHED : Reason.EXHAUSTED;
  }

  void succeeded(LaneWork lane, Slot slot) {
    member.counters().settled.increment();
    settle(lane, slot);
  }

  private void settle(LaneWork lane, Slot slot) {
    lane.settled(slot, member.nanos());
    member.budget().giveBack(slot);
  }

  void failed(LaneWork lane, Slot slot, Attempt attempt) {
    Throwable thrown = attempt.failure();
    Throwable cause = thrown == null ? new IllegalStateException("unknown failure") : thrown;
    member.counters().failedAttempts.increment();
    lane.failed(slot, member.runtime().now().toEpochMilli(), member.nanos());
    listener.tell(target -> target.attemptFailed(attempt, cause));
    LOG.debug("{} lane {} {}: attempt failed", spec, lane.number(), slot.position, cause);
    if (cause instanceof RejectEvent) {
      slot.fate = Fate.REJECTED;
      exhausted(lane, slot, Reason.REJECTED, Failures.text(cause), cause);
    } else if (slot.attempts >= member.options().maxAttempts()) {
      exhausted(lane, slot, Reason.EXHAUSTED, Failures.text(cause), cause);
    } else {
      lane.backOff(slot, delayAfter(slot, cause));
    }
  }

  private Duration delayAfter(Slot slot, Throwable cause) {
    return cause instanceof RetryLater later
        ? later.delay()
        : member.options().backoff().after(slot.attempts, member.runtime().draw());
  }

  private void exhausted(
      LaneWork lane, Slot slot, Reason reason, String message, @Nullable Throwable cause) {
    OnExhausted then = reason == Reason.UNDECODABLE ? onUndecodable : onExhausted;
    switch (then) {
      case HOLD -> lane.backOff(slot, member.options().backoff().most());
      case DISCARD -> {
        LOG.warn(
            "{} lane {} {}: discarded, {}: {}",
            spec,
            lane.number(),
            slot.position,
            reason.header(),
            message);
        member.counters().discarded.increment();
        Event event = slot.event();
        listener.tell(
            target -> target.discarded(spec.topic(), lane.number(), event, reason.header()));
        settle(lane, slot);
      }
      case DEAD_LETTER -> {
        LOG.warn(
            "{} lane {} {}: goes to the dead letters, {}: {}",
            spec,
            lane.number(),
            slot.position,
            reason.header(),
            message);
        Event letter = office.letter(lane, slot, reason, message, cause);
        slot.burial = new Burial(letter, reason.header(), 0);
        bury(lane, slot);
      }
    }
  }

  /** Writes the dead letter; the original is settled only after that (R3). */
  void bury(LaneWork lane, Slot slot) {
    Burial burial = slot.burial;
    if (burial == null) {
      throw new IllegalStateException("No dead letter for " + slot.position);
    }
    lane.buryingStarted(slot);
    office
        .store(lane.number(), slot.position, burial.letter())
        .whenComplete((ignored, error) -> member.post(() -> buried(lane, slot, burial, error)));
  }

  private void buried(LaneWork lane, Slot slot, Burial burial, @Nullable Throwable error) {
    if (lane.state() == LaneWork.State.GONE) {
      return;
    }
    lane.buryingEnded();
    Throwable cause = Failures.unwrapped(error);
    if (cause != null) {
      member
          .troubles()
          .has(
              Troubles.Kind.DEAD_LETTERS,
              "dead letters cannot be written: " + Failures.text(cause));
      slot.burial = burial.failedAgain();
      Duration delay =
          BURIAL_BACKOFF.after(burial.failures() + 1, member.runtime().draw());
      member.retries().add(member.nanos() + delay.toNanos(), lane, slot);
      return;
    }
    member.troubles().over(Troubles.Kind.DEAD_LETTERS);
    slot.burial = null;
    member.counters().deadLettered.increment();
    Event event = slot.event();
    listener.tell(
        target -> target.deadLettered(spec.topic(), lane.number(), event, burial.reason()));
    settle(lane, slot);
  }
}
