package dev.eventbus.conformance.sabotage;

import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import dev.eventbus.spi.SettingSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens the driver that a setting names, with a fault before it that a broker may have: the bus must
 * keep its promises all the same.
 */
public final class FaultyProvider implements DriverProvider {

  static final String ID = "faulty";
  static final String DRIVER = "KIT_FAULTY_DRIVER";
  static final String FAULT = "KIT_FAULT";
  static final String WHILE = "KIT_FAULT_WHILE";

  /** What the broker does to appends. */
  public enum Fault {
    /** It refuses dead letters, for now. */
    REFUSES_DEAD_LETTERS,
    /** It refuses events, for good. */
    REFUSES_EVENTS,
    /** It does not answer, and does not store. */
    IGNORES_EVENTS
  }

  /** Settings of a bus whose broker has a fault while a file exists. */
  public static Map<String, String> applyTo(
      Map<String, String> settings, Fault fault, Path whileItExists) {
    var changed = new HashMap<>(settings);
    changed.put(DRIVER, Settings.of(settings).text(Settings.TYPE, ""));
    changed.put(Settings.TYPE, ID);
    changed.put(FAULT, fault.name());
    changed.put(WHILE, whileItExists.toString());
    return changed;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Set<String> aliases() {
    return Set.of();
  }

  @Override
  public List<SettingSpec> settings() {
    return List.of(
        SettingSpec.open(DRIVER, "", "The id of the driver below it."),
        SettingSpec.open(FAULT, "", "The fault."),
        SettingSpec.open(WHILE, "", "A file; the fault lasts while it exists."));
  }

  @Override
  public Driver open(OpenRequest request) {
    Settings settings = request.settings();
    return new FaultyDriver(
        Delegate.open(request, DRIVER),
        Fault.valueOf(settings.text(FAULT, "")),
        Path.of(settings.text(WHILE, "")));
  }
}
