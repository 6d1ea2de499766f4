package dev.eventbus.cli.broker;

import dev.eventbus.brokers.LocalBroker;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The brokers that can be started here. */
enum BrokerKind {
  /** nats-server with JetStream. */
  NATS(4222) {
    @Override
    LocalBroker start(int nodes, int port, Path directory, Consumer<String> news) {
      NatsServers.binary(System.getenv(), news);
      return NatsServers.start(NatsSpec.in(directory).withNodes(nodes).withPort(port));
    }
  };

  private final int usualPort;

  BrokerKind(int usualPort) {
    this.usualPort = usualPort;
  }

  /** Starts it; tells on the way what takes long. */
  abstract LocalBroker start(int nodes, int port, Path directory, Consumer<String> news);

  /** The driver's id. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where clients look for it when nobody tells them. */
  int usualPort() {
    return usualPort;
  }

  /** Reads an id. */
  static final class Converter implements ITypeConverter<BrokerKind> {
    @Override
    public BrokerKind convert(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.id().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(
              "there is no broker '" + text + "' to start here: give " + ids()));
    }

    private static String ids() {
      return Arrays.stream(values()).map(BrokerKind::id).collect(Collectors.joining(", "));
    }
  }
}
