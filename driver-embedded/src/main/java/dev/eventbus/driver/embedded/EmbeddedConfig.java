package dev.eventbus.driver.embedded;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import dev.eventbus.spi.SettingSpec;
import java.time.Duration;
import java.util.List;

/**
 * What the settings say.
 *
 * @param file path of the database, or {@link Location#MEMORY}
 * @param retentionAge how long events are kept
 * @param retentionBytes how many bytes of events are kept
 * @param maxEventBytes payload, key and headers of one event together
 */
record EmbeddedConfig(String file, Duration retentionAge, long retentionBytes, long maxEventBytes) {

  static final String FILE = "EVENTBUS_EMBEDDED_FILE";
  static final String RETENTION_AGE = "EVENTBUS_EMBEDDED_RETENTION_AGE";
  static final String RETENTION_BYTES = "EVENTBUS_EMBEDDED_RETENTION_BYTES";
  static final String MAX_EVENT_BYTES = "EVENTBUS_EMBEDDED_MAX_EVENT_BYTES";

  static final long UNLIMITED = Long.MAX_VALUE;

  /** SQLite stores at most 1,000,000,000 bytes in a row. */
  private static final long LARGEST_EVENT = 512L << 20;

  private static final String DEFAULT_FILE = "./eventbus.db";
  private static final Duration DEFAULT_AGE = Duration.ofDays(7);
  private static final long DEFAULT_EVENT = 16L << 20;

  static final List<SettingSpec> SPECS = List.of(
      SettingSpec.open(
          FILE,
          DEFAULT_FILE,
          "Path of the database file, which the processes of one machine share, or :memory: for"
              + " this process alone."),
      SettingSpec.open(RETENTION_AGE, "7d", "Events older than this are removed, handled or not."),
      SettingSpec.open(
          RETENTION_BYTES,
          "",
          "The oldest events are removed when all together have more bytes, such as 10GiB; unset:"
              + " no limit."),
      SettingSpec.open(
          MAX_EVENT_BYTES,
          "16MiB",
          "Bytes that payload, key and headers of one event may have together, at most 512MiB."));

  static EmbeddedConfig of(Settings settings) {
    long maxEvent = settings.bytes(MAX_EVENT_BYTES, DEFAULT_EVENT);
    if (maxEvent > LARGEST_EVENT) {
      throw new SettingException(
          MAX_EVENT_BYTES, settings.text(MAX_EVENT_BYTES, ""), "a size of at most 512MiB");
    }
    return new EmbeddedConfig(
        settings.text(FILE, DEFAULT_FILE),
        settings.duration(RETENTION_AGE, DEFAULT_AGE),
        settings.bytes(RETENTION_BYTES, UNLIMITED),
        maxEvent);
  }
}
