package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import io.nats.client.api.StorageType;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How topics that this bus creates are kept.
 *
 * @param replicas copies of each stream; null: the driver decides by the size of the cluster
 * @param retentionAge how long events are kept
 * @param retentionBytes how many bytes of events a topic keeps
 * @param storage where
 */
record TopicPolicy(
    @Nullable Integer replicas, Duration retentionAge, long retentionBytes, StorageType storage) {

  static final String REPLICAS = "NATS_STREAM_REPLICAS";
  static final String RETENTION_AGE = "NATS_RETENTION_AGE";
  static final String RETENTION_BYTES = "NATS_RETENTION_BYTES";
  static final String STORAGE = "NATS_STORAGE";

  static final long UNLIMITED = Long.MAX_VALUE;

  private static final Duration DEFAULT_AGE = Duration.ofDays(7);

  static TopicPolicy of(Settings settings) {
    return new TopicPolicy(
        settings.find(REPLICAS) == null ? null : settings.integer(REPLICAS, 1, 1, 5),
        settings.duration(RETENTION_AGE, DEFAULT_AGE),
        settings.bytes(RETENTION_BYTES, UNLIMITED),
        storage(settings));
  }

  private static StorageType storage(Settings settings) {
    String value = settings.text(STORAGE, "file");
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "file" -> StorageType.File;
      case "memory" -> StorageType.Memory;
      default -> throw new SettingException(STORAGE, value, "file or memory");
    };
  }
}
