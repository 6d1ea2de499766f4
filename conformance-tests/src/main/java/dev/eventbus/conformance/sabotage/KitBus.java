package dev.eventbus.conformance.sabotage;

import dev.eventbus.EventBus;
import dev.eventbus.Settings;

/** How the kit connects: as an application does, but for a saboteur that the settings name. */
public final class KitBus {

  private KitBus() {}

  /** A bus, honest unless the settings name a saboteur. */
  public static EventBus connect(Settings settings) {
    EventBus bus = EventBus.connect(settings);
    String saboteur = settings.find(Saboteur.SETTING);
    return saboteur == null ? bus : new SabotagedBus(bus, Saboteur.valueOf(saboteur));
  }
}
