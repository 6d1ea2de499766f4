package dev.eventbus.conformance.sabotage;

import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import dev.eventbus.spi.SettingSpec;
import java.util.List;
import java.util.Set;

/** Opens the driver that a setting names, and puts a saboteur before it. */
public final class SabotageProvider implements DriverProvider {

  static final String ID = "sabotage";

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
        SettingSpec.open(Saboteur.SETTING, "", "The saboteur."),
        SettingSpec.open(Saboteur.DRIVER, "", "The id of the driver below it."));
  }

  @Override
  public Driver open(OpenRequest request) {
    Settings settings = request.settings();
    Driver driver = Delegate.open(request, Saboteur.DRIVER);
    return new SabotagedDriver(driver, Saboteur.valueOf(settings.text(Saboteur.SETTING, "")));
  }
}
