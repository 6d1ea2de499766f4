package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Opens connections as the settings say. Thread-safe; holds nothing open itself. */
final class NatsConnector {

  private final NatsConfig config;

  NatsConnector(NatsConfig config) {
    this.config = config;
  }

  /**
   * A connection that the server has accepted. It goes on by itself after a loss, within the
   * settings; whoever opens it closes it. Publishing on it never blocks: what waits is bounded by
   * its user alone.
   *
   * @throws DriverException if there is none within the connect timeout; nothing is left running
   * @throws dev.eventbus.SettingException if a file that a setting names cannot be used
   */
  Connection connect(NatsHooks hooks) {
    Options options = options(hooks);
    try {
      return Nats.connect(options);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DriverException(NatsError.UNREACHABLE, "Interrupted.", interrupted);
    } catch (IOException failure) {
      throw new DriverException(
          NatsError.UNREACHABLE, "No NATS server answers at " + config.addresses() + ".", failure);
    }
  }

  private Options options(NatsHooks hooks) {
    NatsTiming timing = config.timing();
    var builder = new Options.Builder()
        .servers(config.addresses().urls().stream().map(URI::toString).toArray(String[]::new))
        .connectionName(hooks.connectionName())
        .connectionTimeout(timing.connectTimeout())
        .reconnectWait(timing.reconnectWait())
        .maxReconnects(timing.maxReconnects())
        .maxMessagesInOutgoingQueue(0)
        .reconnectBufferSize(-1)
        .requestCleanupInterval(Duration.ofMillis(250))
        .supportUTF8Subjects()
        .connectionListener(hooks.connections())
        .errorListener(hooks.errors())
        .properties(config.options().properties());
    if (config.inboxPrefix() != null) {
      builder.inboxPrefix(config.inboxPrefix());
    }
    new Identity(config.credentials()).addTo(builder);
    hooks.further().accept(builder);
    return builder.build();
  }
}
