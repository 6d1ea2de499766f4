package dev.eventbus.cli;

import dev.eventbus.Capabilities;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.spi.DriverProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the drivers on the class path, their settings, and what the connected broker can do. */
@Command(
    name = "drivers",
    description = "Lists the drivers found, and their settings as the environment has them.",
    footer = {
      "  eventbus drivers",
      "  COZE_MQ_TYPE=embedded eventbus drivers --connect",
      "  eventbus drivers --json",
    })
final class DriversCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--connect",
      description = "Connect to the broker of COZE_MQ_TYPE and show what it can do.")
  private boolean connect;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public void run() {
    var settings = Settings.fromEnvironment();
    var providers = DriverList.found();
    Capabilities capabilities = connect ? capabilities(settings) : null;
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.document(DriversJson.of(providers, settings, capabilities)));
      return;
    }
    for (DriverProvider provider : providers) {
      out.println(heading(provider));
      out.println(settingsTable(provider, settings));
    }
    if (providers.isEmpty()) {
      out.println("No driver is on the class path.");
    }
    if (capabilities != null) {
      out.print(capabilitiesTable(capabilities));
    }
  }

  private static Capabilities capabilities(Settings settings) {
    try (EventBus bus = EventBus.connect(settings)) {
      return bus.capabilities();
    }
  }

  private static String heading(DriverProvider provider) {
    String aliases = String.join(" ", provider.aliases());
    return provider.id() + (aliases.isEmpty() ? "" : "  (also " + aliases + ")");
  }

  private static String settingsTable(DriverProvider provider, Settings settings) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("  SETTING", "DEFAULT", "NOW", "WHAT IT IS"));
    for (var setting : provider.settings()) {
      rows.add(List.of(
          "  " + setting.name(),
          setting.fallback().isEmpty() ? "-" : setting.fallback(),
          SettingValue.shown(setting, settings),
          setting.description()));
    }
    return Table.of(rows);
  }

  private static String capabilitiesTable(@Nullable Capabilities capabilities) {
    if (capabilities == null) {
      return "";
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("Connected", capabilities.driver()));
    rows.add(List.of("  broker", capabilities.broker()));
    rows.add(List.of("  client", capabilities.client()));
    rows.add(List.of("  profile", capabilities.profile().name()));
    rows.add(List.of("  durability", capabilities.durability().name()));
    rows.add(List.of(
        "  largest event",
        capabilities.maxEventBytes() + " bytes (" + capabilities.maxEventBytesSource() + ")"));
    new TreeMap<>(capabilities.notOffered())
        .forEach((clause, wayOut) -> rows.add(List.of("  not offered: " + clause, wayOut)));
    return Table.of(rows);
  }
}
