package dev.eventbus.cli;

import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import java.util.Locale;

/** Opens a driver without a bus, to look at topics. */
public final class DriverSelection {

  private DriverSelection() {}

  /**
   * Opens the driver of the settings.
   *
   * @throws dev.eventbus.UnknownDriverException if there is none
   */
  public static Driver open(Settings settings) {
    String type = settings.text(Settings.TYPE, "").toLowerCase(Locale.ROOT);
    for (DriverProvider provider : DriverList.found()) {
      if (provider.id().equals(type) || provider.aliases().contains(type)) {
        return provider.open(new OpenRequest(settings, System::nanoTime));
      }
    }
    // The bus looks in the same place and so finds none either; its error lists what there is.
    EventBus.connect(settings).close();
    throw new CommandException("the bus found a driver for \"" + type + "\", this command did not");
  }
}
