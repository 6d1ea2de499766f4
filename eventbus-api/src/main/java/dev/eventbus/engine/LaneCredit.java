package dev.eventbus.engine;

import dev.eventbus.spi.Lane;

/**
 * Asks the driver for events, so that what is read and not settled stays bounded in number for each
 * lane and in bytes for all (I5, F3).
 */
final class LaneCredit {

  /**
   * Payload bytes of a subscription that are read or asked for. An event may be larger than what is
   * left: each lane goes over by one at most.
   */
  static final class Pool {
    private final long most;
    private long taken;
    private long held;

    Pool(long most) {
      this.most = most;
    }

    long free() {
      return Math.max(0, most - taken);
    }

    /** Bytes read and not settled. */
    long held() {
      return held;
    }
  }

  private static final int SHARES = 32;

  private final Pool pool;
  private final long share;
  private final int maxSpan;
  private int askedEvents;
  private long askedBytes;
  private long held;
  private long charged;

  LaneCredit(Pool pool, int maxSpan) {
    this.pool = pool;
    this.maxSpan = maxSpan;
    this.share = Math.max(1, pool.most / SHARES);
  }

  /** Asks for what has room; in steps, so that a settle does not cost a request each. */
  void ask(Lane lane, int span) {
    int room = maxSpan - span - askedEvents;
    int events = room >= Math.max(1, maxSpan / 4) ? room : 0;
    long bytes = 0;
    long affordable = Math.min(share - Math.max(0, askedBytes), pool.free());
    if (askedBytes < share / 2 && affordable > 0) {
      bytes = affordable + Math.max(0, -askedBytes);
    } else if (askedBytes <= 0 && held == 0 && askedEvents + events > 0) {
      // one event of any size passes when nothing of the lane is held
      bytes = 1 - askedBytes;
    }
    if (events <= 0 && bytes <= 0) {
      return;
    }
    askedEvents += events;
    askedBytes += bytes;
    charge();
    lane.request(events, bytes);
  }

  /** What the lane takes of the pool: an event larger than what was asked for counts in full. */
  private void charge() {
    long now = Math.max(0, askedBytes) + held;
    pool.taken += now - charged;
    charged = now;
  }

  /** An event came: its bytes are held instead of asked for. */
  void arrived(int bytes) {
    askedEvents--;
    askedBytes -= bytes;
    held += bytes;
    pool.held += bytes;
    charge();
  }

  /** An event is settled or dropped. */
  void released(int bytes) {
    held -= bytes;
    pool.held -= bytes;
    charge();
  }

  /** The lane is gone with all it asked for and held. */
  void close() {
    pool.held -= held;
    askedBytes = 0;
    held = 0;
    charge();
  }
}
