package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds the dead among the members of other drivers: those whose lock is free, and those whose beat
 * has stood still for their lease by our clock. Used by the reading loop alone.
 */
final class DeathWatch {

  private record Seen(MemberRow row, long since) {}

  private final MemberLocks locks;
  private final Map<Long, Seen> seen = new HashMap<>();

  DeathWatch(MemberLocks locks) {
    this.locks = locks;
  }

  /** Takes note of the beats. */
  void observe(List<MemberRow> others, long now) {
    var left = new HashMap<>(seen);
    for (MemberRow row : others) {
      Seen before = left.remove(row.id());
      long since = before == null || before.row.beat() != row.beat() ? now : before.since;
      seen.put(row.id(), new Seen(row, since));
    }
    seen.keySet().removeAll(left.keySet());
  }

  /** Counts from now on: while we were stopped, or nobody could write, a still beat means nothing. */
  void restart(long now) {
    seen.replaceAll((id, before) -> new Seen(before.row, now));
  }

  List<MemberRow> dead(long now) throws IOException {
    var dead = new ArrayList<MemberRow>();
    for (Seen member : seen.values()) {
      if (isDead(member, now)) {
        dead.add(member.row);
      }
    }
    return dead;
  }

  private boolean isDead(Seen member, long now) throws IOException {
    long lease = TimeUnit.MILLISECONDS.toNanos(member.row.leaseMillis());
    return now - member.since >= lease || (member.row.locked() && !locks.isHeld(member.row.id()));
  }
}
