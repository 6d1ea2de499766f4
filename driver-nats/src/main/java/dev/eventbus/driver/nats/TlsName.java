package dev.eventbus.driver.nats;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the name that a server's certificate must have. The client connects to numbers alone. */
final class TlsName {

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.%]*:[^]]*]?");

  private TlsName() {}

  /**
   * The given host, if it is one that the settings name; else the name in the settings that stands
   * for it; else, for a server that another one told of, the first name in the settings.
   */
  static String of(List<String> configured, String host) {
    if (configured.contains(host) || !isNumber(host)) {
      return plain(host);
    }
    List<String> names = configured.stream().filter(name -> !isNumber(name)).toList();
    for (String name : names) {
      if (standsFor(name, host)) {
        return name;
      }
    }
    return names.isEmpty() ? plain(host) : names.get(0);
  }

  private static boolean isNumber(String host) {
    return NUMBERS.matcher(host).matches();
  }

  private static String plain(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean standsFor(String name, String number) {
    try {
      for (InetAddress address : InetAddress.getAllByName(name)) {
        if (address.getHostAddress().equals(plain(number))) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
