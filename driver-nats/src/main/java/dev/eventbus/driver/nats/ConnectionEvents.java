package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells members of the connection's ways. */
final class ConnectionEvents implements ConnectionListener {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionEvents.class);

  private final Set<Member> members;

  ConnectionEvents(Set<Member> members) {
    this.members = members;
  }

  @Override
  @SuppressWarnings("deprecation") // the client still asks for this form, and calls the other
  public void connectionEvent(Connection connection, Events event) {
    happened(event);
  }

  private void happened(Events event) {
    switch (event) {
      case DISCONNECTED -> {
        LOG.info("The connection to nats-server was lost");
        members.forEach(member -> member.disconnected("The connection to nats-server was lost"));
      }
      case RESUBSCRIBED -> {
        LOG.info("Connected to nats-server again");
        members.forEach(Member::reconnected);
      }
      case CLOSED ->
        members.forEach(member -> member.ended(new DriverException(
            NatsError.CLOSED,
            "The connection to nats-server was given up: see " + NatsTiming.MAX_RECONNECTS
                + ", and whether the server still takes the credentials.")));
      default -> LOG.debug("Connection: {}", event);
    }
  }
}
