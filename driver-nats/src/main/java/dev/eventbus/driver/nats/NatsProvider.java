package dev.eventbus.driver.nats;

import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import dev.eventbus.spi.SettingSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Opens the driver {@code nats}: JetStream, or core NATS where the settings say so. */
public final class NatsProvider implements DriverProvider {

  static final String ID = "nats";

  /** For {@link java.util.ServiceLoader}. */
  public NatsProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Set<String> aliases() {
    return Set.of();
  }

  @Override
  public List<SettingSpec> settings() {
    return Stream.concat(NatsConfig.SPECS.stream(), CoreLimits.SPECS.stream()).toList();
  }

  @Override
  public Driver open(OpenRequest request) {
    NatsConfig config = NatsConfig.of(request.settings());
    if (config.jetStream() != JetStreamChoice.OFF) {
      return new JetStreamOpening(config, request.clock()).open();
    }
    CoreLimits limits = CoreLimits.of(request.settings());
    var hooks =
        new NatsHooks("eventbus", (connection, event) -> {}, new ConnectionErrors(denial -> {}));
    return new CoreDriver(new NatsConnector(config).connect(hooks), limits, request.clock());
  }
}
