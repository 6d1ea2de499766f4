package dev.eventbus.driver.nats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who else is in the group, as far as this member has heard. It decides only how many lanes each
 * should have; who owns one is decided by the {@link Ledger}.
 */
final class Roster {

  /** Whether a member wants lanes. */
  enum Standing {
    PRESENT,
    RETIRED
  }

  /**
   * What a member says of itself.
   *
   * @param id its id
   * @param standing whether it wants lanes
   * @param lanes those that it owns
   * @param silenceMillis when it has not called for so long it is gone
   */
  record Peer(String id, Standing standing, Set<Integer> lanes, long silenceMillis) {}

  private record Heard(Peer peer, long at) {}

  private final Map<String, Heard> peers = new HashMap<>();

  /** Hears a peer; true if the shares may have changed by it. */
  boolean hear(Peer peer, long now) {
    Heard before = peers.put(peer.id(), new Heard(peer, now));
    return before == null || !before.peer().equals(peer);
  }

  void leave(String id) {
    peers.remove(id);
  }

  /** Forgets those that have not called for too long. */
  void forget(long now) {
    peers
        .values()
        .removeIf(heard ->
            now - heard.at() > TimeUnit.MILLISECONDS.toNanos(heard.peer().silenceMillis()));
  }

  /** Takes everybody for alive: this member itself has heard nothing for a while. */
  void hearAll(long now) {
    peers.replaceAll((id, heard) -> new Heard(heard.peer(), now));
  }

  boolean owned(int lane) {
    return peers.values().stream().anyMatch(heard -> heard.peer().lanes().contains(lane));
  }

  /** This member's place among those that want lanes, and their number. */
  record Place(int index, int members) {

    /** Lanes that this member should have. */
    int share(int lanes) {
      return lanes / members + (index < lanes % members ? 1 : 0);
    }

    /** The lane that it looks at first, so that members do not all reach for the same. */
    int firstLane(int lanes) {
      return index * lanes / members;
    }
  }

  Place place(String self) {
    List<String> ids = new ArrayList<>();
    ids.add(self);
    for (Heard heard : peers.values()) {
      if (heard.peer().standing() == Standing.PRESENT) {
        ids.add(heard.peer().id());
      }
    }
    Collections.sort(ids);
    return new Place(ids.indexOf(self), ids.size());
  }
}
