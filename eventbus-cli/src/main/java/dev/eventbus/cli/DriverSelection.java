package dev.eventbus.cli;

import dev.eventbus.Settings;
import dev.eventbus.UnknownDriverException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Opens a driver without a bus, to look at topics. */
final class DriverSelection {

  private DriverSelection() {}

  static Driver open(Settings settings) {
    return pick(DriverList.found(), settings).open(new OpenRequest(settings, System::nanoTime));
  }

  static DriverProvider pick(List<DriverProvider> providers, Settings settings) {
    String type = settings.text(Settings.TYPE, "").toLowerCase(Locale.ROOT);
    return providers.stream()
        .filter(provider -> provider.id().equals(type) || provider.aliases().contains(type))
        .findFirst()
        .orElseThrow(() -> new UnknownDriverException("%s is %s: give one of %s."
            .formatted(
                Settings.TYPE,
                type.isEmpty() ? "not set" : "\"" + type + "\"",
                providers.stream().map(DriverProvider::id).collect(Collectors.joining(", ")))));
  }
}
