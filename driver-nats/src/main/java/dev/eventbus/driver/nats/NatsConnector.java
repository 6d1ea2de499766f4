package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import io.nats.client.Connection;
import io.nats.client.Options;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;

/** Opens connections as the settings say. Thread-safe; holds nothing open itself. */
final class NatsConnector {

  /** The server's limit is 4 KiB, more where it is configured so; a JWT may need that. */
  private static final int LONGEST_LINE = 64 << 10;

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);

  private final NatsConfig config;

  NatsConnector(NatsConfig config) {
    this.config = config;
  }

  /**
   * A connection that a server has accepted. It goes on by itself after a loss, within the settings;
   * whoever opens it closes it. Publishing on it never blocks: what waits is bounded by its user
   * alone.
   *
   * @throws DriverException if there is none within the connect timeout; nothing is left running
   * @throws dev.eventbus.SettingException if a file that a setting names cannot be used
   */
  Connection connect(NatsHooks hooks) {
    var facts = new ConnectFacts(hooks.errors());
    Options options = options(hooks, facts);
    try {
      Connection connection = new FirstConnect(options, hooks.connectionName(), facts).await();
      facts.connected();
      return connection;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DriverException(
          NatsError.UNREACHABLE,
          "The thread was interrupted while it connected to " + config.addresses() + ".");
    } catch (IOException failure) {
      throw new Diagnosis(config, facts).find();
    }
  }

  private Options options(NatsHooks hooks, ConnectFacts facts) {
    NatsTiming timing = config.timing();
    var builder = new Options.Builder()
        .servers(config.addresses().urls().stream().map(URI::toString).toArray(String[]::new))
        .connectionName(hooks.connectionName())
        .connectionTimeout(timeoutOfEach())
        .reconnectWait(timing.reconnectWait())
        .maxReconnects(timing.maxReconnects())
        .maxMessagesInOutgoingQueue(0)
        .reconnectBufferSize(-1)
        .maxControlLine(LONGEST_LINE)
        .requestCleanupInterval(Duration.ofMillis(250))
        .supportUTF8Subjects()
        .connectionListener(hooks.connections())
        .properties(config.options().properties());
    if (config.inboxPrefix() != null) {
      builder.inboxPrefix(config.inboxPrefix());
    }
    if (config.encrypted()) {
      builder.sslContext(TlsContext.of(config.tls()));
    }
    if (config.tls().first()) {
      builder.tlsFirst();
    }
    new Identity(config.credentials()).addTo(builder);
    hooks.further().accept(builder);
    return builder
        .errorListener(facts)
        .dataPortType(HeaderSafeDataPort.class.getName())
        .build();
  }

  /** The client tries one after the other, and of a host each of its addresses. */
  private Duration timeoutOfEach() {
    int attempts =
        config.addresses().urls().stream().mapToInt(NatsConnector::attempts).sum();
    Duration each = config.timing().connectTimeout().dividedBy(attempts);
    return each.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : each;
  }

  private static int attempts(URI url) {
    try {
      long numbers = Stream.of(InetAddress.getAllByName(url.getHost()))
          .filter(Inet4Address.class::isInstance)
          .count();
      return (int) Math.max(1, numbers);
    } catch (UnknownHostException unknown) {
      return 1;
    }
  }
}
