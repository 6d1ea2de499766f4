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
 * <p>A limit that is null was not asked for: a new topic has the default, and one that exists may have
 * any.
 *
 * @param replicas copies of each stream
 * @param retentionAge how long events are kept
 * @param retentionBytes how many bytes of events a topic keeps
 * @param storage where
 */
record TopicPolicy(
    @Nullable Integer replicas,
    @Nullable Duration retentionAge,
    @Nullable Long retentionBytes,
    @Nullable StorageType storage) {

  static final String REPLICAS = "NATS_STREAM_REPLICAS";
  static final String RETENTION_AGE = "NATS_RETENTION_AGE";
  static final String RETENTION_BYTES = "NATS_RETENTION_BYTES";
  static final String STORAGE = "NATS_STORAGE";

  private static final Duration DEFAULT_AGE = Duration.ofDays(7);

  static TopicPolicy of(Settings settings) {
    return new TopicPolicy(
        settings.find(REPLICAS) == null ? null : settings.integer(REPLICAS, 1, 1, 5),
        settings.find(RETENTION_AGE) == null ? null : settings.duration(RETENTION_AGE, DEFAULT_AGE),
        settings.find(RETENTION_BYTES) == null ? null : settings.bytes(RETENTION_BYTES, 1),
        storage(settings));
  }

  int replicasOrDefault() {
    return replicas == null ? 1 : replicas;
  }

  Duration retentionAgeOrDefault() {
    return retentionAge == null ? DEFAULT_AGE : retentionAge;
  }

  /** Bytes, or -1 for no limit, as the server has it. */
  long retentionBytesOrDefault() {
    return retentionBytes == null ? -1 : retentionBytes;
  }

  StorageType storageOrDefault() {
    return storage == null ? StorageType.File : storage;
  }

  private static @Nullable StorageType storage(Settings settings) {
    String value = settings.find(STORAGE);
    if (value == null) {
      return null;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "file" -> StorageType.File;
      case "memory" -> StorageType.Memory;
      default -> throw new SettingException(STORAGE, value, "file or memory");
    };
  }
}
