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
 * Opens the driver that a setting names, with faults before it that a broker may have: the bus must
 * keep its promises all the same.
 */
public final class FaultyProvider implements DriverProvider {

  static final String ID = "faulty";
  static final String DRIVER = "KIT_FAULTY_DRIVER";
  static final String REFUSE_DEAD_LETTERS = "KIT_REFUSE_DEAD_LETTERS";

  /** For {@link java.util.ServiceLoader}. */
  public FaultyProvider() {}

  /** Settings of a bus whose broker refuses dead letters while a file exists. */
  public static Map<String, String> refusingDeadLetters(
      Map<String, String> settings, Path whileItExists) {
    var changed = new HashMap<>(settings);
    changed.put(DRIVER, Settings.of(settings).text(Settings.TYPE, ""));
    changed.put(Settings.TYPE, ID);
    changed.put(REFUSE_DEAD_LETTERS, whileItExists.toString());
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
        SettingSpec.open(
            REFUSE_DEAD_LETTERS, "", "A file; while it exists dead letters are refused."));
  }

  @Override
  public Driver open(OpenRequest request) {
    Driver driver = Delegate.open(request, DRIVER);
    return new FaultyDriver(driver, Path.of(request.settings().text(REFUSE_DEAD_LETTERS, "")));
  }
}
