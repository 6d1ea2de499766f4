package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import io.nats.client.api.RetentionPolicy;
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
 * @param policy what the settings say
 * @param schedules whether the server can hold messages back (P9)
 */
record StreamShape(TopicPolicy policy, Schedules schedules) {

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

  /** The configuration of a new stream. */
  StreamConfiguration of(String topic, int lanes) {
    return StreamConfiguration.builder()
        .name(NatsNames.stream(topic))
        .description("Topic " + topic + " of the Coze EventBus")
        .subjects(subjects(topic, lanes))
        .subjectTransform(transform(topic, lanes))
        .retentionPolicy(RetentionPolicy.Limits)
        .maxAge(policy.retentionAgeOrDefault())
        .maxBytes(policy.retentionBytesOrDefault())
        .storageType(policy.storageOrDefault())
        .replicas(policy.replicasOrDefault())
        .duplicateWindow(window())
        .allowDirect(true)
        .allowMessageSchedules(schedules == Schedules.OFFERED)
        .metadata(Map.of(TOPIC, topic, LANES, Integer.toString(lanes)))
        .build();
  }

  /** The server takes no window that is longer than events are kept. */
  private Duration window() {
    Duration age = policy.retentionAgeOrDefault();
    return age.compareTo(DUPLICATE_WINDOW) < 0 ? age : DUPLICATE_WINDOW;
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
        || !NatsNames.keyedSubjects(topic).equals(transform.getSource())
        || !NatsNames.transformed(topic, lanes).equals(transform.getDestination())) {
      differences.add("its subject transform must be from " + NatsNames.keyedSubjects(topic)
          + " to " + NatsNames.transformed(topic, lanes));
    }
    if (found.getRetentionPolicy() != RetentionPolicy.Limits) {
      differences.add("its retention is " + found.getRetentionPolicy() + ", not limits");
    }
    if (found.getMaxMsgsPerSubject() > 0) {
      differences.add("it keeps " + found.getMaxMsgsPerSubject()
          + " messages of a subject (max_msgs_per_subject), and the events of a lane share one");
    }
    if (found.getNoAck()) {
      differences.add("it confirms nothing (no_ack)");
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
    compare(differences, TopicPolicy.REPLICAS, policy.replicas(), found.getReplicas());
    compare(differences, TopicPolicy.RETENTION_AGE, policy.retentionAge(), found.getMaxAge());
    compare(differences, TopicPolicy.RETENTION_BYTES, policy.retentionBytes(), found.getMaxBytes());
    compare(differences, TopicPolicy.STORAGE, policy.storage(), found.getStorageType());
  }

  private static void compare(
      List<String> differences, String setting, @Nullable Object asked, Object found) {
    if (asked != null && !asked.equals(found)) {
      differences.add(setting + " asks for " + asked + ", it has " + found);
    }
  }
}
