package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.TopicNameException;
import dev.eventbus.spi.KeyLane;
import io.nats.client.support.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names on NATS are legal and never meet. */
class NatsNamesTest {

  private static final long SEED = 20_260_103;
  private static final String NAME = "aA0._-";

  private final Random random = new Random(SEED);

  /** Short names of few characters, so that they meet if they can. */
  private String name() {
    int length = switch (random.nextInt(8)) {
      case 0 -> 190 + random.nextInt(11);
      case 1 -> 60 + random.nextInt(100);
      default -> 1 + random.nextInt(5);
    };
    var name = new StringBuilder();
    while (name.length() < length) {
      name.append(NAME.charAt(random.nextInt(NAME.length())));
    }
    return name.toString();
  }

  private List<String> topics(int count) {
    var topics = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      topics.add(random.nextInt(3) == 0 ? new DeadLetterTopic(name(), name()).name() : name());
    }
    return topics;
  }

  @Test
  void streamsAreLegalAndNeverMeet() {
    Map<String, String> seen = new HashMap<>();
    for (String topic : topics(10_000)) {
      String stream = NatsNames.stream(topic);
      assertThat(stream).hasSizeLessThanOrEqualTo(201).matches("[A-Za-z0-9_=-]+");
      assertThat(Validator.validateStreamName(stream, true)).isEqualTo(stream);
      String before = seen.put(stream, topic);
      assertThat(before == null || before.equals(topic))
          .as("%s, seed %d", topic, SEED)
          .isTrue();
    }
  }

  @Test
  void aCutNameIsNoOtherName() {
    String topic = "a.".repeat(99) + "b";
    String letters = new DeadLetterTopic(topic, "g").name();
    String stream = NatsNames.stream(letters);
    assertThat(stream).hasSize(201).startsWith("a=a=");
    assertThat(NatsNames.stream(new DeadLetterTopic(topic, "h").name())).isNotEqualTo(stream);
    assertThat(NatsNames.stream("x".repeat(200))).hasSize(200);
  }

  @Test
  void consumersAreLegalAndNeverMeet() {
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      String group = name();
      int lane = random.nextInt(3);
      String consumer = NatsNames.consumer(group, lane);
      assertThat(Validator.validateConsumerName(consumer, true)).hasSizeLessThan(210);
      String before = seen.put(consumer, group + " " + lane);
      assertThat(before == null || before.equals(group + " " + lane))
          .as(consumer)
          .isTrue();
    }
  }

  @Test
  void subjectsOfDifferentTopicsNeverMeet() {
    Map<String, String> seen = new HashMap<>();
    for (String topic : topics(5_000)) {
      List<String> subjects = List.of(
          NatsNames.subject(topic),
          NatsNames.keyedSubject(topic, "k."),
          NatsNames.stored(topic, 8, 1, "k"),
          NatsNames.stored(topic, 8, 1, null),
          NatsNames.scheduled(topic, "id"));
      for (String subject : subjects) {
        assertThat(subject).matches("[^. *>]+(\\.[^. *>]+)*");
        String before = seen.put(subject, topic);
        assertThat(before == null || before.equals(topic))
            .as("%s, seed %d", subject, SEED)
            .isTrue();
      }
    }
  }

  @Test
  void recordsAndMembersAreLegalKeysAndNeverMeet() {
    Map<String, String> seen = new HashMap<>();
    for (String topic : topics(5_000)) {
      String group = name();
      String value = topic + " " + group;
      for (String key :
          List.of(NatsNames.recordKey(topic, group, 3), NatsNames.memberKey(topic, group, "3"))) {
        assertThat(Validator.validateNonWildcardKvKeyRequired(key)).isEqualTo(key);
        String before = seen.put(key, value);
        assertThat(before == null || before.equals(value))
            .as("%s, seed %d", key, SEED)
            .isTrue();
      }
    }
    assertThat(NatsNames.memberKeys("a.b", "c.d")).isEqualTo("a=b.c=d.m.*");
  }

  @Test
  void keysAreReadBackFromSubjects() {
    var texts = new RandomEvents(SEED);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      String key = texts.text();
      String topic = i % 2 == 0 ? "orders" : "a..b.";
      assertThat(NatsNames.keyOf(topic, NatsNames.keyedSubject(topic, key))).isEqualTo(key);
      assertThat(NatsNames.keyOf(topic, NatsNames.stored(topic, 8, 3, key))).isEqualTo(key);
      seen.add(key);
    }
    assertThat(seen).contains("").hasSizeGreaterThan(2_500);
    assertThat(NatsNames.keyOf("orders", "orders")).isNull();
    assertThat(NatsNames.keyOf("orders", "orders.$.7")).isNull();
    assertThat(NatsNames.keyOf("orders", NatsNames.stored("orders", 8, 3, null)))
        .isNull();
  }

  @Test
  void aForeignTokenIsAKeyAsItIs() {
    for (String token : List.of("a+b", "%2e", "100%", "ä", "=")) {
      assertThat(NatsNames.keyOf("orders", "orders.~." + token)).isEqualTo(token);
    }
  }

  @Test
  void aLongKeyHasAHash() {
    String key = "ä".repeat(500);
    String subject = NatsNames.stored("orders", 8, KeyLane.of(key, 8), key);
    assertThat(subject).hasSizeLessThan(80);
    assertThat(NatsNames.keyOf("orders", subject)).isNull();
    assertThat(NatsNames.stored("orders", 8, 3, key + "b"))
        .isNotEqualTo(NatsNames.stored("orders", 8, 3, key + "a"));
  }

  @Test
  void formsAreAsDocumented() {
    assertThat(NatsNames.stream("orders.created")).isEqualTo("orders=created");
    assertThat(NatsNames.consumer("billing.eu", 3)).isEqualTo("billing=eu=3");
    assertThat(NatsNames.subject(".a..b.")).isEqualTo("=.a.=.b.=");
    assertThat(NatsNames.subject(".")).isEqualTo("=.=");
    assertThat(NatsNames.keyedSubject("orders", "a.b")).isEqualTo("orders.~.a%2Eb");
    assertThat(NatsNames.keyedSubjects("orders")).isEqualTo("orders.~.*");
    assertThat(NatsNames.transformed("orders", 8))
        .isEqualTo("orders.@8.{{partition(8,1)}}.{{wildcard(1)}}");
    assertThat(NatsNames.laneFilter("orders", 8, 3)).isEqualTo("orders.@8.3.*");
    assertThat(NatsNames.storedSubjects("orders", 8)).isEqualTo("orders.@8.*.*");
    assertThat(NatsNames.scheduledSubjects("orders")).isEqualTo("orders.$.*");
    assertThat(NatsNames.recordKey("orders.created", "billing.eu", 3))
        .isEqualTo("orders=created.billing=eu.3");
  }

  @Test
  void aTopicNamedLikeABucketIsRefused() {
    for (String topic : List.of("KV_orders", "OBJ_orders")) {
      assertThatThrownBy(() -> NatsNames.stream(topic))
          .isInstanceOf(TopicNameException.class)
          .hasMessageContaining(topic)
          .hasMessageContaining("rename");
    }
  }
}
