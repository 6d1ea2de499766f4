package dev.eventbus.driver.nats;

import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Options;
import java.util.function.Consumer;

/**
 * What the opener of a connection hangs into it.
 *
 * @param connectionName shown by the server, and the prefix of the client's threads
 * @param connections told of each change of state
 * @param errors told of each error; its texts hold no secret
 * @param further changes options last; must leave alone what {@link NatsConnector} needs
 */
record NatsHooks(
    String connectionName,
    ConnectionListener connections,
    ErrorListener errors,
    Consumer<Options.Builder> further) {

  NatsHooks(String connectionName, ConnectionListener connections, ErrorListener errors) {
    this(connectionName, connections, errors, builder -> {});
  }
}
