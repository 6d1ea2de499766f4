package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the pieces of the JetStream driver share.
 *
 * @param connection the one connection
 * @param calls requests on it
 * @param arrivals messages on it
 * @param timer the one thread that keeps time
 * @param streams topics
 * @param consumers groups
 * @param ledger owners, records and leases
 * @param generations when lanes were made
 * @param members memberships that are told of the connection; concurrent
 * @param reconnectWait how long a client may wait between two attempts to connect
 */
record JetStreamParts(
    Connection connection,
    ServerCalls calls,
    Arrivals arrivals,
    ScheduledExecutorService timer,
    TopicStreams streams,
    LaneConsumers consumers,
    Ledger ledger,
    Generations generations,
    Set<Member> members,
    Duration reconnectWait) {

  private static final Duration SHORTEST_TICK = Duration.ofMillis(50);
  private static final Duration LONGEST_TICK = Duration.ofMillis(500);
  private static final int TICKS_IN_A_LEASE = 20;

  /** How often a member looks after its lanes. */
  Duration tick(Duration lease) {
    Duration tick = lease.dividedBy(TICKS_IN_A_LEASE);
    if (tick.compareTo(SHORTEST_TICK) < 0) {
      return SHORTEST_TICK;
    }
    return tick.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : tick;
  }

  /** A subject prefix that nobody else has, ending in a dot. */
  String newInbox() {
    return connection.createInbox() + ".";
  }

  void left(Member member) {
    members.remove(member);
  }
}
