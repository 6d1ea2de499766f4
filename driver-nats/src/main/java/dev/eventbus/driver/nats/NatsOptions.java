package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import io.nats.client.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Options that pass through to the client.
 *
 * @param values by the client's own property names
 */
record NatsOptions(Map<String, String> values) {

  static final String PREFIX = "NATS_OPT_";

  private enum Kind {
    TEXT,
    FLAG,
    COUNT,
    DURATION,
    RESOLVING
  }

  private record Known(String property, Kind kind) {}

  /** Nothing among them changes which messages are sent or arrive. */
  private static final SortedMap<String, Known> KNOWN = new TreeMap<>(Map.ofEntries(
      Map.entry("connectionName", new Known(Options.PROP_CONNECTION_NAME, Kind.TEXT)),
      Map.entry(
          "hostnameResolveMode", new Known(Options.PROP_HOSTNAME_RESOLVE_MODE, Kind.RESOLVING)),
      Map.entry(
          "ignoreDiscoveredServers",
          new Known(Options.PROP_IGNORE_DISCOVERED_SERVERS_PREFERRED, Kind.FLAG)),
      Map.entry("maxControlLine", new Known(Options.PROP_MAX_CONTROL_LINE, Kind.COUNT)),
      Map.entry("maxPingsOut", new Known(Options.PROP_MAX_PINGS, Kind.COUNT)),
      Map.entry("noRandomize", new Known(Options.PROP_NORANDOMIZE, Kind.FLAG)),
      Map.entry("pingInterval", new Known(Options.PROP_PING_INTERVAL, Kind.DURATION)),
      Map.entry(
          "receiveBufferSize", new Known(Options.PROP_SOCKET_RECEIVE_BUFFER_SIZE, Kind.COUNT)),
      Map.entry("reconnectJitter", new Known(Options.PROP_RECONNECT_JITTER, Kind.DURATION)),
      Map.entry("reconnectJitterTls", new Known(Options.PROP_RECONNECT_JITTER_TLS, Kind.DURATION)),
      Map.entry("sendBufferSize", new Known(Options.PROP_SOCKET_SEND_BUFFER_SIZE, Kind.COUNT)),
      Map.entry("socketSoLinger", new Known(Options.PROP_SOCKET_SO_LINGER, Kind.COUNT)),
      Map.entry(
          "socketWriteTimeout", new Known(Options.PROP_SOCKET_WRITE_TIMEOUT, Kind.DURATION))));

  static NatsOptions of(Settings settings) {
    var values = new TreeMap<String, String>();
    for (String name : settings.startingWith(PREFIX).keySet()) {
      String variable = PREFIX + name;
      if (settings.find(variable) == null) {
        continue;
      }
      Known known = KNOWN.get(name);
      if (known == null) {
        throw new SettingException(
            variable,
            "is not an option that may be set. There are: " + String.join(", ", KNOWN.keySet())
                + ". Everything else has a setting of its own, or belongs to the driver.");
      }
      values.put(known.property(), value(settings, variable, known.kind()));
    }
    return new NatsOptions(Map.copyOf(values));
  }

  /** What may be set, without the prefix. */
  static Set<String> names() {
    return KNOWN.keySet();
  }

  private static String value(Settings settings, String variable, Kind kind) {
    String value = settings.text(variable, "");
    return switch (kind) {
      case TEXT -> value;
      case FLAG -> String.valueOf(settings.flag(variable, false));
      case COUNT -> String.valueOf(settings.integer(variable, 0, 1, Integer.MAX_VALUE));
      case DURATION -> settings.duration(variable, Duration.ZERO).toString();
      case RESOLVING -> resolving(variable, value);
    };
  }

  private static String resolving(String variable, String value) {
    if (Options.HostnameResolveMode.get(value) == null) {
      throw new SettingException(
          variable, value, "one of " + Arrays.toString(Options.HostnameResolveMode.values()));
    }
    return value;
  }

  /** As {@link Options.Builder#properties(Properties)} takes them. */
  Properties properties() {
    var properties = new Properties();
    properties.putAll(values);
    return properties;
  }
}
