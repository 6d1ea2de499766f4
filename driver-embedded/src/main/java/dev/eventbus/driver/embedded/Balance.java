package dev.eventbus.driver.embedded;

import java.util.List;
import java.util.Map;

/**
 * What a member should do so that the lanes are shared evenly.
 *
 * @param claims whether there are free lanes that it should take
 * @param gives how many of its lanes it should give up for others that have too few
 */
record Balance(boolean claims, int gives) {

  private static final Balance NONE = new Balance(false, 0);

  /**
   * @param member who asks
   * @param sharing the members that share the lanes, by age
   * @param owners the owner of each lane, 0 for none
   * @param kept how many lanes the member has and keeps
   */
  static Balance of(long member, List<Long> sharing, Map<Long, Long> owners, int kept) {
    if (!sharing.contains(member)) {
      return NONE;
    }
    int share = FairShare.of(member, sharing, owners.size());
    int free = count(owners, 0);
    int surplus = kept - share;
    if (surplus <= 0) {
      return new Balance(surplus < 0 && free > 0, 0);
    }
    int missing = 0;
    for (long other : sharing) {
      if (other != member) {
        int wanted = FairShare.of(other, sharing, owners.size());
        missing += Math.max(0, wanted - count(owners, other));
      }
    }
    int onTheirWay = free + Math.max(0, count(owners, member) - kept);
    return new Balance(false, Math.max(0, Math.min(surplus, missing - onTheirWay)));
  }

  private static int count(Map<Long, Long> owners, long owner) {
    int count = 0;
    for (long each : owners.values()) {
      if (each == owner) {
        count++;
      }
    }
    return count;
  }
}
