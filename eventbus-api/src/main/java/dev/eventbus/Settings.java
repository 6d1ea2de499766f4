package dev.eventbus;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Named texts that configure a bus and its driver, as an environment gives them.
 *
 * <p>Immutable. A blank value counts as unset. Values never show in {@link #toString()}.
 */
public final class Settings {

  /** Picks the driver: {@code nats kafka rocketmq pulsar nsq embedded}. */
  public static final String TYPE = "COZE_MQ_TYPE";

  /** Lanes of a topic that this bus creates, 1 to 1024; unset: 8. */
  public static final String LANES = "EVENTBUS_LANES";

  /** See {@link ConnectOptions#publishTimeout()}. */
  public static final String PUBLISH_TIMEOUT = "EVENTBUS_PUBLISH_TIMEOUT";

  /** See {@link ConnectOptions#maxPendingPublishes()}. */
  public static final String MAX_PENDING_PUBLISHES = "EVENTBUS_MAX_PENDING_PUBLISHES";

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
  private static final Pattern BYTES = Pattern.compile("(\\d+)\\s*(b|kib|mib|gib)?");

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** The variables of this process's environment. */
  public static Settings fromEnvironment() {
    return of(System.getenv());
  }

  /** A copy of the given names and values. */
  public static Settings of(Map<String, String> values) {
    return new Settings(Map.copyOf(values));
  }

  /** A copy with one value changed. */
  public Settings with(String name, String value) {
    var copy = new HashMap<>(values);
    copy.put(name, value);
    return new Settings(Map.copyOf(copy));
  }

  /** The names that start with the prefix, with the prefix cut off, and their values. */
  public Map<String, String> startingWith(String prefix) {
    var found = new TreeMap<String, String>();
    values.forEach((name, value) -> {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        found.put(name.substring(prefix.length()), value);
      }
    });
    return found;
  }

  /** The value, or null when it is unset or blank. */
  public @Nullable String find(String name) {
    var value = values.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The value, or the fallback when it is unset. */
  public String text(String name, String fallback) {
    var value = find(name);
    return value == null ? fallback : value;
  }

  /**
   * A whole number between two bounds.
   *
   * @throws SettingException if it is not one
   */
  public int integer(String name, int fallback, int least, int most) {
    var value = find(name);
    if (value == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below, with the bounds
    }
    throw new SettingException(name, value, "a whole number from %d to %d".formatted(least, most));
  }

  /**
   * A time such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 7d} or {@code PT30S}; at least 1
   * ms.
   *
   * @throws SettingException if it is not one
   */
  public Duration duration(String name, Duration fallback) {
    var value = find(name);
    if (value == null) {
      return fallback;
    }
    var parsed = parseDuration(value);
    if (parsed == null
        || parsed.compareTo(Duration.ofMillis(1)) < 0
        || parsed.compareTo(LONGEST) > 0) {
      throw new SettingException(name, value, "a time such as 500ms, 30s, 5m or PT30S");
    }
    return parsed;
  }

  private static @Nullable Duration parseDuration(String value) {
    Matcher match = SHORT_DURATION.matcher(value.toLowerCase(Locale.ROOT));
    try {
      if (!match.matches()) {
        return Duration.parse(value);
      }
      long amount = Long.parseLong(match.group(1));
      return switch (match.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException unreadable) {
      return null;
    }
  }

  /**
   * A size such as {@code 512}, {@code 64KiB}, {@code 16MiB} or {@code 1GiB}; at least 1 byte.
   *
   * @throws SettingException if it is not one
   */
  public long bytes(String name, long fallback) {
    var value = find(name);
    if (value == null) {
      return fallback;
    }
    Matcher match = BYTES.matcher(value.toLowerCase(Locale.ROOT));
    try {
      if (match.matches()) {
        long amount = Long.parseLong(match.group(1));
        String unit = match.group(2) == null ? "b" : match.group(2);
        long bytes = switch (unit) {
          case "kib" -> Math.multiplyExact(amount, 1L << 10);
          case "mib" -> Math.multiplyExact(amount, 1L << 20);
          case "gib" -> Math.multiplyExact(amount, 1L << 30);
          default -> amount;
        };
        if (bytes > 0) {
          return bytes;
        }
      }
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      // told below
    }
    throw new SettingException(name, value, "a size such as 512, 64KiB or 16MiB");
  }

  /**
   * {@code true} or {@code false}.
   *
   * @throws SettingException if it is neither
   */
  public boolean flag(String name, boolean fallback) {
    var value = find(name);
    if (value == null) {
      return fallback;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new SettingException(name, value, "true or false");
    };
  }

  /** The names that are set. */
  public Set<String> names() {
    return new TreeSet<>(values.keySet());
  }

  /** The names alone: a value may be a secret. */
  @Override
  public String toString() {
    return "Settings" + names();
  }
}
