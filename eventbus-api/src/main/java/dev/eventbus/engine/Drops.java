package dev.eventbus.engine;

import dev.eventbus.spi.Lane;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of events that the realtime profile's client dropped before they reached the engine (C3).
 * Drops with less than {@link #QUIET_NANOS} between them are one episode: it is logged once, and
 * health tells of it until it is over. Owned by the subscription's loop.
 */
final class Drops {

  private static final Logger LOG = LoggerFactory.getLogger(Drops.class);
  static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final MemberParts member;
  private long events;
  private long lastAt;

  Drops(MemberParts member) {
    this.member = member;
  }

  void dropped(Lane lane, long more) {
    SubscriptionSpec spec = member.spec();
    if (events == 0) {
      LOG.warn(
          "{} lane {}: {} events were dropped, handlers are slower than they come; further drops of"
              + " this episode are counted, not logged",
          spec,
          lane.number(),
          more);
    }
    events += more;
    lastAt = member.nanos();
    member
        .troubles()
        .has(
            Troubles.Kind.DROPPED,
            "%d events of topic %s were dropped, last of lane %d: handlers are slower than they come"
                .formatted(events, spec.topic(), lane.number()));
    // last: whoever sees the count finds it in health too
    member.counters().dropped.add(more);
    member.listener().tell(target -> target.dropped(spec.topic(), lane.number(), more));
  }

  /** Ends an episode that has been quiet for long enough. */
  void tend(WakeUp wakeUp, long now) {
    if (events == 0) {
      return;
    }
    long left = lastAt + QUIET_NANOS - now;
    if (left > 0) {
      wakeUp.in(left);
      return;
    }
    LOG.info("{}: no event has been dropped for 60 s, {} were before", member.spec(), events);
    events = 0;
    member.troubles().over(Troubles.Kind.DROPPED);
  }
}
