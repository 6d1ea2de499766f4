package dev.eventbus.driver.embedded;

import dev.eventbus.spi.MonotonicClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Raises the beats of this driver's members, all at once, four times in the shortest lease. */
final class Beats {

  private static final int PER_LEASE = 4;

  private final MonotonicClock clock;
  private final List<GroupMember> members = new CopyOnWriteArrayList<>();
  private volatile long last;

  Beats(MonotonicClock clock) {
    this.clock = clock;
    this.last = clock.nanos();
  }

  void add(GroupMember member) {
    members.add(member);
  }

  void remove(GroupMember member) {
    members.remove(member);
  }

  List<GroupMember> members() {
    return List.copyOf(members);
  }

  /** Nanoseconds until the next beat; none or less: it is due. */
  long left(long now) {
    long shortest = Long.MAX_VALUE;
    for (GroupMember member : members) {
      shortest = Math.min(shortest, member.seat().leaseNanos());
    }
    return shortest == Long.MAX_VALUE ? shortest : shortest / PER_LEASE - (now - last);
  }

  /** The next beat of all members; their leases count from now. */
  WriteOp next() {
    last = clock.nanos();
    return new Beat(List.copyOf(members), last);
  }

  private static final class Beat implements WriteOp {
    private final List<GroupMember> members;
    private final long since;
    private final List<Seat> raised = new ArrayList<>();
    private final List<GroupMember> expelled = new ArrayList<>();

    Beat(List<GroupMember> members, long since) {
      this.members = members;
      this.since = since;
    }

    @Override
    public void apply(Tables tables) throws SQLException {
      for (GroupMember member : members) {
        Seat seat = member.seat();
        if (tables.groups().beat(seat.member())) {
          raised.add(seat);
        } else {
          expelled.add(member);
        }
      }
    }

    @Override
    public void committed() {
      raised.forEach(seat -> seat.renewed(since));
      expelled.forEach(GroupMember::expelled);
    }

    @Override
    public void failed(Exception cause) {
      // The keeper tells the trouble; the next beat comes in time or the leases run out.
    }
  }
}
