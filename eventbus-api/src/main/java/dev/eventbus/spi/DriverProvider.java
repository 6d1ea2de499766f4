package dev.eventbus.spi;

import dev.eventbus.Settings;
import java.util.List;
import java.util.Set;

/** Finds a driver: registered with {@link java.util.ServiceLoader}, without state. */
public interface DriverProvider {

  /** The value of {@link Settings#TYPE} that picks this driver, in lower case. */
  String id();

  /** Further values that pick it. */
  Set<String> aliases();

  /** What it can read from {@link Settings}; {@code eventbus drivers} shows them. */
  List<SettingSpec> settings();

  /**
   * Connects. Called once for a bus, on a thread that may block; returns once the broker has
   * answered, or throws within the driver's connect timeout and leaves nothing behind (L3).
   *
   * @throws dev.eventbus.SettingException if a setting cannot be used
   * @throws dev.eventbus.DriverException if the broker is absent or refuses (L3, L6)
   */
  Driver open(OpenRequest request);
}
