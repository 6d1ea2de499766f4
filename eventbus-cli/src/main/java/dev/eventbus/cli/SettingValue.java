package dev.eventbus.cli;

import dev.eventbus.Settings;
import dev.eventbus.spi.SettingSpec;
import dev.eventbus.spi.SettingSpec.Secrecy;
import java.util.regex.Pattern;

/** Shows what a setting is set to, without secrets. */
final class SettingValue {

  static final String UNSET = "unset";
  static final String HIDDEN = "set (not shown)";

  /** User and password in an address: {@code nats://user:password@host}. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@\\s]+@");

  private SettingValue() {}

  static String shown(SettingSpec spec, Settings settings) {
    String value = settings.find(spec.name());
    if (value == null) {
      return UNSET;
    }
    return spec.secrecy() == Secrecy.SECRET ? HIDDEN : USER_INFO.matcher(value).replaceAll("***@");
  }
}
