package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.EventBusException;
import dev.eventbus.GroupNameException;
import dev.eventbus.TopicNameException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  private static final long SEED = 7;

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "orders", "a.b_c-D9", ".", "..", "_", "dlqs", "my-dlq", "DLQ", "a..b"})
  void aLegalNameIsTaken(String name) {
    assertThatCode(() -> {
          Names.checkTopic(name);
          Names.checkReadableTopic(name);
          Names.checkGroup(name);
        })
        .doesNotThrowAnyException();
  }

  @Test
  void twoHundredCharactersAreTheMost() {
    Names.checkTopic("t".repeat(200));
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> Names.checkTopic("t".repeat(201)))
        .withMessageContaining("1 to 200 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "a:b", "a%", "😀", "a*", "a>"})
  void anIllegalNameIsRefusedWithTheRule(String name) {
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> Names.checkTopic(name))
        .withMessageContaining("Topic \"" + name + "\" is illegal")
        .withMessageContaining("A-Z a-z 0-9 . _ -");
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> Names.checkReadableTopic(name));
    assertThatExceptionOfType(GroupNameException.class)
        .isThrownBy(() -> Names.checkGroup(name))
        .withMessageContaining("Group \"" + name + "\" is illegal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dlq", "dlq.a", "a.dlq", "a.dlq.b"})
  void theSegmentOfDeadLettersIsReserved(String name) {
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> Names.checkTopic(name))
        .withMessageContaining("reserved segment \"dlq\"")
        .withMessageContaining("rename the topic");
    assertThatExceptionOfType(GroupNameException.class)
        .isThrownBy(() -> Names.checkGroup(name))
        .withMessageContaining("rename the group");
  }

  @Test
  void deadLettersCanBeReadAlthoughTheirNameIsLong() {
    String name = new DeadLetterTopic("t".repeat(200), "g".repeat(200)).name();
    assertThatCode(() -> Names.checkReadableTopic(name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.dlq.b.dlq.c", "a.dlq.dlq", "a.dlq.b c", "dlq.dlq.b"})
  void deadLettersOfIllegalNamesCannotBeRead(String name) {
    assertThatExceptionOfType(EventBusException.class)
        .isThrownBy(() -> Names.checkReadableTopic(name));
  }

  @Test
  void aHugeNameIsNotRepeatedInFull() {
    assertThatExceptionOfType(TopicNameException.class)
        .isThrownBy(() -> Names.checkTopic("x".repeat(100_000)))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
  }

  private static boolean isLegal(String name) {
    try {
      Names.checkTopic(name);
      return true;
    } catch (TopicNameException refused) {
      return false;
    }
  }

  /** Short names of the pieces that could be mistaken for the separator. */
  private static String randomName(Random random) {
    String[] pieces = {".", "d", "dlq", "a", "_", "-", "q"};
    var name = new StringBuilder();
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      name.append(pieces[random.nextInt(pieces.length)]);
    }
    return name.toString();
  }

  @Test
  void noTwoPairsOfTopicAndGroupShareDeadLetters() {
    var random = new Random(SEED);
    Map<String, DeadLetterTopic> pairOfName = new HashMap<>();
    while (pairOfName.size() < 5_000) {
      String topic = randomName(random);
      String group = randomName(random);
      if (isLegal(topic) && isLegal(group)) {
        var pair = new DeadLetterTopic(topic, group);
        var earlier = pairOfName.put(pair.name(), pair);
        assertThat(earlier == null || earlier.equals(pair))
            .as("seed %d: %s and %s have one name", SEED, earlier, pair)
            .isTrue();
        assertThat(DeadLetterTopic.parse(pair.name()))
            .as("seed %d: %s", SEED, pair.name())
            .contains(pair);
        assertThat(isLegal(pair.name()))
            .as("%s as an ordinary topic", pair.name())
            .isFalse();
      }
    }
  }
}
