package dev.eventbus.driver.embedded;

import java.util.List;

/** How many lanes each member of a group should have: as many as the others, the older ones one more. */
final class FairShare {

  private FairShare() {}

  /** The share of one member; {@code members} are those that share, by age. */
  static int of(long member, List<Long> members, int lanes) {
    int rank = members.indexOf(member);
    if (rank < 0) {
      return 0;
    }
    return lanes / members.size() + (rank < lanes % members.size() ? 1 : 0);
  }
}
