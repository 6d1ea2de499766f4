package dev.eventbus.conformance.sabotage;

import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds drivers: the kit's own, which no application should be offered, and those that are found. */
final class Delegate {

  private static final List<DriverProvider> OWN =
      List.of(new SabotageProvider(), new FaultyProvider());

  private Delegate() {}

  /** The kit's own driver of this id, or null. */
  static @Nullable DriverProvider own(String type) {
    for (DriverProvider provider : OWN) {
      if (provider.id().equals(type)) {
        return provider;
      }
    }
    return null;
  }

  static Driver open(OpenRequest request, String setting) {
    String type = request.settings().text(setting, "");
    Settings settings = request.settings().with(Settings.TYPE, type);
    return provider(setting, type).open(new OpenRequest(settings, request.clock()));
  }

  private static DriverProvider provider(String setting, String type) {
    DriverProvider own = own(type);
    if (own != null) {
      return own;
    }
    for (DriverProvider provider : ServiceLoader.load(DriverProvider.class)) {
      if (provider.id().equals(type) || provider.aliases().contains(type)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(setting + " is \"" + type + "\": no such driver");
  }
}
