package dev.eventbus.cli;

import dev.eventbus.spi.DriverProvider;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The drivers on the class path. */
final class DriverList {

  private DriverList() {}

  /** By id. */
  static List<DriverProvider> found() {
    return ServiceLoader.load(DriverProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(DriverProvider::id))
        .toList();
  }
}
