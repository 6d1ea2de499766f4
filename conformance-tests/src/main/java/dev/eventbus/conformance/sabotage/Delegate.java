package dev.eventbus.conformance.sabotage;

import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import java.util.ServiceLoader;

/** Finds the driver below one of the kit's own. */
final class Delegate {

  private Delegate() {}

  static Driver open(OpenRequest request, String setting) {
    String type = request.settings().text(setting, "");
    for (DriverProvider provider : ServiceLoader.load(DriverProvider.class)) {
      if (provider.id().equals(type) || provider.aliases().contains(type)) {
        Settings settings = request.settings().with(Settings.TYPE, type);
        return provider.open(new OpenRequest(settings, request.clock()));
      }
    }
    throw new IllegalArgumentException(setting + " is \"" + type + "\": no such driver");
  }
}
