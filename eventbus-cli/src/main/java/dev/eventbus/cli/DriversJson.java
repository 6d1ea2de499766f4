package dev.eventbus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eventbus.Capabilities;
import dev.eventbus.Settings;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.SettingSpec;
import dev.eventbus.spi.SettingSpec.Secrecy;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The drivers as a JSON document. */
final class DriversJson {

  private DriversJson() {}

  static ObjectNode of(
      List<DriverProvider> providers, Settings settings, @Nullable Capabilities connected) {
    var document = Json.MAPPER.createObjectNode();
    var drivers = document.putArray("drivers");
    for (DriverProvider provider : providers) {
      var driver = drivers.addObject();
      driver.put("id", provider.id());
      var aliases = driver.putArray("aliases");
      new TreeSet<>(provider.aliases()).forEach(aliases::add);
      var all = driver.putArray("settings");
      provider.settings().forEach(setting -> put(all.addObject(), setting, settings));
    }
    if (connected != null) {
      put(document.putObject("connected"), connected);
    }
    return document;
  }

  private static void put(ObjectNode json, SettingSpec setting, Settings settings) {
    boolean set = settings.find(setting.name()) != null;
    json.put("name", setting.name());
    json.put("default", setting.fallback());
    json.put("description", setting.description());
    json.put("secret", setting.secrecy() == Secrecy.SECRET);
    json.put("set", set);
    if (set && setting.secrecy() == Secrecy.OPEN) {
      json.put("value", SettingValue.shown(setting, settings));
    }
  }

  private static void put(ObjectNode json, Capabilities capabilities) {
    json.put("driver", capabilities.driver());
    json.put("broker", capabilities.broker());
    json.put("client", capabilities.client());
    json.put("profile", capabilities.profile().name());
    json.put("durability", capabilities.durability().name());
    json.put("maxEventBytes", capabilities.maxEventBytes());
    json.put("maxEventBytesSource", capabilities.maxEventBytesSource());
    var notOffered = json.putObject("notOffered");
    new TreeMap<>(capabilities.notOffered()).forEach(notOffered::put);
  }
}
