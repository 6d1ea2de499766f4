package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.SubjectTransform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the stream of a topic looks like. The lane count is part of its subjects and is frozen in its
 * metadata: a publisher that has another finds no stream (S9).
 *
 * @param limits what the settings say
 * @param schedules whether the server can hold messages back (P9)
 */
record StreamShape(Limits limits, Schedules schedules) {

  /** Names of metadata. */
  static final String TOPIC = "eventbus.topic";

  static final String LANES = "eventbus.lanes";

  /** Longer than a publish is repeated, so that every repeat is recognised. */
  static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

  /** Whether the server can hold messages back. */
  enum Schedules {
    OFFERED,
    NOT_OFFERED
  }

  /**
   * Limits of streams that are created; null where no setting asks for one, and any will do.
   *
   * @param replicas copies of each stream
   * @param age how long events are kept
   * @param bytes how many bytes are kept
   * @param storage where
   */
  record Limits(
      @Nullable Integer replicas,
      @Nullable Duration age,
      @Nullable Long bytes,
      @Nullable StorageType storage) {

    static final Duration DEFAULT_AGE = Duration.ofDays(7);

    int replicasOrDefault() {
      return replicas == null ? 1 : replicas;
    }

    StorageType storageOrDefault() {
      return storage == null ? StorageType.File : storage;
    }
  }

  /** The configuration of a new stream. */
  StreamConfiguration of(String topic, int lanes) {
    return StreamConfiguration.builder()
        .name(NatsNames.stream(topic))
        .description("Topic " + topic + " of the Coze EventBus")
        .subjects(subjects(topic, lanes))
        .subjectTransform(transform(topic, lanes))
        .retentionPolicy(RetentionPolicy.Limits)
        .maxAge(limits.age == null ? Limits.DEFAULT_AGE : limits.age)
        .maxBytes(limits.bytes == null ? -1 : limits.bytes)
        .storageType(limits.storageOrDefault())
        .replicas(limits.replicasOrDefault())
        .duplicateWindow(window())
        .allowDirect(true)
        .allowMessageSchedules(schedules == Schedules.OFFERED)
        .metadata(Map.of(TOPIC, topic, LANES, Integer.toString(lanes)))
        .build();
  }

  /** The server takes no window that is longer than events are kept. */
  private Duration window() {
    return limits.age != null && limits.age.compareTo(DUPLICATE_WINDOW) < 0
        ? limits.age
        : DUPLICATE_WINDOW;
  }

  private List<String> subjects(String topic, int lanes) {
    var subjects = new ArrayList<String>();
    subjects.add(NatsNames.subject(topic));
    subjects.add(NatsNames.keyedSubjects(topic));
    subjects.add(NatsNames.storedSubjects(topic, lanes));
    if (schedules == Schedules.OFFERED) {
      subjects.add(NatsNames.scheduledSubjects(topic));
    }
    return subjects;
  }

  private static SubjectTransform transform(String topic, int lanes) {
    return SubjectTransform.builder()
        .source(NatsNames.keyedSubjects(topic))
        .destination(NatsNames.transformed(topic, lanes))
        .build();
  }

  /** The lane count in a stream's metadata. */
  static OptionalInt lanesOf(StreamConfiguration stream) {
    String lanes = metadata(stream, LANES);
    try {
      return lanes == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(lanes));
    } catch (NumberFormatException foreign) {
      return OptionalInt.empty();
    }
  }

  /** The topic in a stream's metadata, or null. */
  static @Nullable String topicOf(StreamConfiguration stream) {
    return metadata(stream, TOPIC);
  }

  private static @Nullable String metadata(StreamConfiguration stream, String name) {
    Map<String, String> metadata = stream.getMetadata();
    return metadata == null ? null : metadata.get(name);
  }

  /**
   * Compares with a stream that exists.
   *
   * @throws DriverException that names every difference
   */
  void check(String topic, int lanes, StreamConfiguration found) {
    var differences = new ArrayList<String>();
    var missing = new HashSet<>(subjects(topic, lanes));
    missing.remove(NatsNames.scheduledSubjects(topic));
    missing.removeAll(found.getSubjects());
    if (!missing.isEmpty()) {
      differences.add("it lacks the subjects " + missing);
    }
    SubjectTransform transform = found.getSubjectTransform();
    if (transform == null
        || !NatsNames.transformed(topic, lanes).equals(transform.getDestination())) {
      differences.add("its subject transform must be from " + NatsNames.keyedSubjects(topic) + " to "
          + NatsNames.transformed(topic, lanes));
    }
    if (found.getRetentionPolicy() != RetentionPolicy.Limits) {
      differences.add("its retention is " + found.getRetentionPolicy() + ", not limits");
    }
    compareLimits(found, differences);
    if (!differences.isEmpty()) {
      throw new DriverException(
          NatsError.TOPIC_MISFIT,
          "Stream " + found.getName() + " does not fit topic \"" + topic + "\": "
              + String.join("; ", differences)
              + ". Change the stream or the setting, or rename the topic.");
    }
  }

  private void compareLimits(StreamConfiguration found, List<String> differences) {
    if (limits.replicas != null && limits.replicas != found.getReplicas()) {
      differences.add("it has " + found.getReplicas() + " replicas, NATS_STREAM_REPLICAS asks for "
          + limits.replicas);
    }
    if (limits.age != null && !limits.age.equals(found.getMaxAge())) {
      differences.add("it keeps events for " + found.getMaxAge() + ", NATS_RETENTION_AGE asks for "
          + limits.age);
    }
    if (limits.bytes != null && limits.bytes != found.getMaxBytes()) {
      differences.add("it keeps " + found.getMaxBytes() + " bytes, NATS_RETENTION_BYTES asks for "
          + limits.bytes);
    }
    if (limits.storage != null && limits.storage != found.getStorageType()) {
      differences.add("it is stored in " + found.getStorageType() + ", NATS_STORAGE asks for "
          + limits.storage);
    }
  }
}
