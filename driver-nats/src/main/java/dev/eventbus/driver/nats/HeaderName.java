package dev.eventbus.driver.nats;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names of user headers on the wire. A name of token characters that nobody else uses goes out as
 * it is; any other as {@code eb-h-} and its percent-encoding, so that every name has one form of its
 * own.
 */
final class HeaderName {

  /** Begins the names that had to be encoded. */
  private static final String PREFIX = "eb-h-";

  /** The CloudEvents attributes that an event has itself. */
  private static final Set<String> ATTRIBUTES =
      Set.of("ce-specversion", "ce-id", "ce-source", "ce-type", "ce-time", "ce-partitionkey");

  /** What the server and its clients keep for themselves begins so. */
  private static final String SERVER_PREFIX = "nats-";

  /** Clients keep the status line of a message under these. */
  private static final Set<String> STATUS = Set.of("status", "description");

  /** Without the tilde, which marks names that were mended on their way. */
  private static final BitSet TOKEN = charactersOf("!#$%&'*+-.^_`|");

  private static final BitSet UNESCAPED = charactersOf("-._");

  private HeaderName() {}

  private static BitSet charactersOf(String signs) {
    var characters = new BitSet(128);
    characters.set('a', 'z' + 1);
    characters.set('A', 'Z' + 1);
    characters.set('0', '9' + 1);
    signs.chars().forEach(characters::set);
    return characters;
  }

  /** The name on the wire. */
  static String toWire(String name) {
    return isFree(name) ? name : escaped(name);
  }

  /** The user's name; what is no encoding of this class is somebody else's name as it is. */
  static String fromWire(String wire) {
    if (!wire.startsWith(PREFIX)) {
      return wire;
    }
    String name = PercentText.decode(wire.substring(PREFIX.length()));
    return !name.isEmpty() && toWire(name).equals(wire) ? name : wire;
  }

  /** The name as readers look it up: CloudEvents attributes are written in any case. */
  static String normal(String name) {
    if (!startsWith(name, "ce-")) {
      return name;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return ATTRIBUTES.contains(lower) ? lower : name;
  }

  private static boolean isFree(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!TOKEN.get(name.charAt(i))) {
        return false;
      }
    }
    return switch (name.charAt(0)) {
      case 'c', 'C' -> !ATTRIBUTES.contains(name.toLowerCase(Locale.ROOT));
      case 'n', 'N' -> !isServers(name);
      case 'e', 'E' -> !startsWith(name, PREFIX);
      case 's', 'S', 'd', 'D' -> !STATUS.contains(name.toLowerCase(Locale.ROOT));
      default -> true;
    };
  }

  /** Whether it is a header of the server, such as {@code Nats-Msg-Id}. */
  static boolean isServers(String name) {
    return startsWith(name, SERVER_PREFIX);
  }

  /** Whether a name begins so, in any case. */
  private static boolean startsWith(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static String escaped(String name) {
    var wire = new StringBuilder(PREFIX);
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      if (octet > 0 && UNESCAPED.get(octet)) {
        wire.append((char) octet);
      } else {
        PercentText.escape(wire, octet);
      }
    }
    return wire.toString();
  }
}
