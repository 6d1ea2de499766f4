package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.EventBusException;
import dev.eventbus.Settings;
import dev.eventbus.driver.nats.StreamShape.Schedules;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StreamShapeTest {

  private static final StreamShape SHAPE = shape(Map.of());

  private static StreamShape shape(Map<String, String> settings) {
    return new StreamShape(TopicPolicy.of(Settings.of(settings)), Schedules.OFFERED);
  }

  private static StreamConfiguration changed(Consumer<StreamConfiguration.Builder> change) {
    var builder = StreamConfiguration.builder(SHAPE.of("a.b", 8));
    change.accept(builder);
    return builder.build();
  }

  private static void misfits(ThrowingCallable check, String... words) {
    assertThatThrownBy(check)
        .isInstanceOfSatisfying(
            EventBusException.class,
            misfit -> assertThat(misfit.code()).isEqualTo(NatsError.TOPIC_MISFIT.id()))
        .hasMessageContainingAll(words);
  }

  @Test
  void aNewStreamHasWhatTheDocumentSays() {
    StreamConfiguration stream = SHAPE.of("a.b", 8);
    assertThat(stream.getName()).isEqualTo("a=b");
    assertThat(stream.getSubjects()).containsExactly("a.b", "a.b.~.*", "a.b.@8.*.*", "a.b.$.*");
    assertThat(stream.getSubjectTransform().getDestination())
        .isEqualTo("a.b.@8.{{partition(8,1)}}.{{wildcard(1)}}");
    assertThat(stream.getMetadata())
        .containsEntry("eventbus.topic", "a.b")
        .containsEntry("eventbus.lanes", "8");
    assertThat(stream.getMaxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(stream.getMaxBytes()).isEqualTo(-1);
    assertThat(stream.getReplicas()).isEqualTo(1);
    assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
    assertThat(StreamShape.lanesOf(stream)).hasValue(8);
    assertThat(StreamShape.topicOf(stream)).isEqualTo("a.b");
  }

  @Test
  void theDuplicateWindowIsNotLongerThanEventsAreKept() {
    StreamConfiguration stream = shape(Map.of(TopicPolicy.RETENTION_AGE, "30s")).of("t", 1);
    assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anOldServerIsNotAskedToHoldEventsBack() {
    var shape = new StreamShape(TopicPolicy.of(Settings.of(Map.of())), Schedules.NOT_OFFERED);
    assertThat(shape.of("t", 1).getSubjects()).containsExactly("t", "t.~.*", "t.@1.*.*");
    assertThatCode(() -> SHAPE.check("t", 1, shape.of("t", 1))).doesNotThrowAnyException();
  }

  @Test
  void whatItMadeItselfFits() {
    assertThatCode(() -> SHAPE.check("a.b", 8, SHAPE.of("a.b", 8))).doesNotThrowAnyException();
  }

  @Test
  void limitsThatNobodyAskedForFit() {
    StreamConfiguration other = changed(stream -> stream
        .maxAge(Duration.ofHours(1))
        .maxBytes(1_000_000)
        .storageType(StorageType.Memory)
        .replicas(3));
    assertThatCode(() -> SHAPE.check("a.b", 8, other)).doesNotThrowAnyException();
  }

  @Test
  void everyDifferenceIsNamed() {
    StreamShape asking = shape(Map.of(
        TopicPolicy.REPLICAS,
        "3",
        TopicPolicy.RETENTION_AGE,
        "1h",
        TopicPolicy.RETENTION_BYTES,
        "1GiB",
        TopicPolicy.STORAGE,
        "memory"));
    StreamConfiguration other = changed(stream -> stream
        .subjects(List.of("a.b"))
        .subjectTransform(null)
        .retentionPolicy(RetentionPolicy.WorkQueue)
        .maxMessagesPerSubject(1)
        .noAck(true));
    misfits(
        () -> asking.check("a.b", 8, other),
        "a=b",
        "a.b.~.*",
        "a.b.@8.*.*",
        "subject transform",
        "workqueue",
        "max_msgs_per_subject",
        "no_ack",
        "NATS_STREAM_REPLICAS asks for 3, it has 1",
        "NATS_RETENTION_AGE asks for PT1H, it has PT168H",
        "NATS_RETENTION_BYTES asks for 1073741824, it has -1",
        "NATS_STORAGE asks for memory, it has file");
  }

  @Test
  void otherLanesHaveOtherSubjects() {
    misfits(() -> SHAPE.check("a.b", 4, SHAPE.of("a.b", 8)), "a.b.@4.*.*", "partition(4,1)");
  }

  @Test
  void foreignMetadataIsNoLaneCount() {
    assertThat(StreamShape.lanesOf(changed(s -> s.metadata(Map.of("eventbus.lanes", "many")))))
        .isEmpty();
    assertThat(StreamShape.lanesOf(changed(s -> s.metadata(Map.of())))).isEmpty();
  }
}
