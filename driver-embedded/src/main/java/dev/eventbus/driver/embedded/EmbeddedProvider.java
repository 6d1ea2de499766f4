package dev.eventbus.driver.embedded;

import dev.eventbus.Capabilities;
import dev.eventbus.Durability;
import dev.eventbus.Profile;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import dev.eventbus.spi.SettingSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/** Opens the driver {@code embedded}: an SQLite file shared by the processes of one machine. */
public final class EmbeddedProvider implements DriverProvider {

  static final String ID = "embedded";

  private static final String ALWAYS_RELIABLE =
      "this driver is always RELIABLE; for at most once use"
          + " the driver nats with NATS_USE_JETSTREAM=false";

  /** For {@link java.util.ServiceLoader}. */
  public EmbeddedProvider() {}

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
    return EmbeddedConfig.SPECS;
  }

  @Override
  public Driver open(OpenRequest request) {
    EmbeddedConfig config = EmbeddedConfig.of(request.settings());
    NativeLibrary.prepare();
    Parts parts = new Opening(config, request.clock()).open();
    parts.start();
    return new EmbeddedDriver(parts, capabilities(config, parts.store().location()));
  }

  private static Capabilities capabilities(EmbeddedConfig config, Location location) {
    String version = SQLiteJDBCLoader.getVersion();
    return new Capabilities(
        ID,
        "sqlite " + version.substring(0, version.lastIndexOf('.')),
        "sqlite-jdbc " + version,
        Profile.RELIABLE,
        location.inMemory() ? Durability.PROCESS_MEMORY : Durability.POWER_LOSS,
        config.maxEventBytes(),
        EmbeddedConfig.MAX_EVENT_BYTES,
        Map.of(
            "P9", "publish it when it is due, or use the driver nats",
            "C1", ALWAYS_RELIABLE,
            "C2", ALWAYS_RELIABLE,
            "C3", ALWAYS_RELIABLE));
  }
}
