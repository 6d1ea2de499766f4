package dev.eventbus.engine;

import dev.eventbus.Settings;
import dev.eventbus.UnknownDriverException;
import dev.eventbus.spi.DriverProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the driver that {@link Settings#TYPE} names. */
final class DriverSelection {

  /** Types that have a driver of this project, and its artifact. */
  private static final Map<String, String> KNOWN = Map.of(
      "nats", "driver-nats",
      "kafka", "driver-kafka",
      "rocketmq", "driver-rocketmq",
      "rmq", "driver-rocketmq",
      "pulsar", "driver-pulsar",
      "nsq", "driver-nsq",
      "embedded", "driver-embedded");

  private final List<DriverProvider> found;

  DriverSelection(List<DriverProvider> found) {
    this.found = found;
  }

  /** Looks on the class path or module path of the calling thread. */
  static DriverSelection load() {
    return new DriverSelection(ServiceLoader.load(DriverProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList());
  }

  DriverProvider pick(Settings settings) {
    String asked = settings.find(Settings.TYPE);
    if (asked == null) {
      throw new UnknownDriverException(
          "%s is not set. %s Set it to one of them.".formatted(Settings.TYPE, listing()));
    }
    String type = asked.toLowerCase(Locale.ROOT);
    DriverProvider provider = named(type);
    if (provider != null) {
      return provider;
    }
    String artifact = KNOWN.get(type);
    String mend = artifact == null
        ? "Set it to one of them, or add the driver's artifact; this project has "
            + KNOWN.values().stream()
                .distinct()
                .sorted()
                .map(name -> "dev.eventbus:" + name)
                .collect(Collectors.joining(", "))
            + "."
        : "Add the artifact dev.eventbus:" + artifact + ".";
    throw new UnknownDriverException("%s is \"%s\", and no such driver is on the class path. %s %s"
        .formatted(Settings.TYPE, asked, listing(), mend));
  }

  private @Nullable DriverProvider named(String type) {
    for (DriverProvider provider : found) {
      if (provider.id().equals(type) || provider.aliases().contains(type)) {
        return provider;
      }
    }
    return null;
  }

  private String listing() {
    if (found.isEmpty()) {
      return "No driver was found on the class path: add one, such as"
          + " dev.eventbus:driver-embedded.";
    }
    return "Drivers found: "
        + found.stream().map(DriverProvider::id).sorted().collect(Collectors.joining(", "))
        + ".";
  }
}
