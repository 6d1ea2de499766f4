package dev.eventbus.conformance.sabotage;

import dev.eventbus.ConnectOptions;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.engine.BusFactory;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;

/** How the kit connects: as an application does, but for a saboteur that the settings name. */
public final class KitBus {

  private KitBus() {}

  /** The driver alone, to look at the broker. */
  public static Driver driver(Settings settings) {
    return Delegate.open(new OpenRequest(settings, System::nanoTime), Settings.TYPE);
  }

  /** A bus, honest unless the settings name a saboteur. */
  public static EventBus connect(Settings settings) {
    return connect(settings, ConnectOptions.from(settings));
  }

  /** As above, with options. */
  public static EventBus connect(Settings settings, ConnectOptions options) {
    DriverProvider own = Delegate.own(settings.text(Settings.TYPE, ""));
    EventBus bus = own == null
        ? EventBus.connect(settings, options)
        : BusFactory.connect(own, settings, options);
    String saboteur = settings.find(Saboteur.SETTING);
    return saboteur == null ? bus : new SabotagedBus(bus, Saboteur.valueOf(saboteur));
  }
}
