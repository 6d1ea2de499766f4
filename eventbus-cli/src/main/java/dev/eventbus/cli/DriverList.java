package dev.eventbus.cli;

import dev.eventbus.spi.DriverProvider;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The drivers on the class path. */
final class DriverList {

  /** Where the kit has drivers that break on purpose; they are here only for the demo's sake. */
  private static final String KIT = "dev.eventbus.conformance";

  private DriverList() {}

  /** By id. */
  static List<DriverProvider> found() {
    return ServiceLoader.load(DriverProvider.class).stream()
        .filter(found -> !found.type().getPackageName().startsWith(KIT))
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(DriverProvider::id))
        .toList();
  }
}
