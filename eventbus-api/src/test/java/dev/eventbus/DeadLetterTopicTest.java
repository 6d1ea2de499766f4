package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTopicTest {

  @ParameterizedTest
  @CsvSource({
    "orders,billing,orders.dlq.billing",
    "a.b,c.d,a.b.dlq.c.d",
    "dlqs,my-dlq,dlqs.dlq.my-dlq",
    "DLQ,dlq_,DLQ.dlq.dlq_",
    ".,.,..dlq.."
  })
  void itsNameCanBeReadBack(String topic, String group, String name) {
    var letters = new DeadLetterTopic(topic, group);
    assertThat(letters.name()).isEqualTo(name);
    assertThat(DeadLetterTopic.parse(name)).contains(letters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders", "", "dlq", "dlq.billing", "orders.dlq", "orders.dlq.", ".dlq.g"})
  void anotherNameIsNotOne(String name) {
    assertThat(DeadLetterTopic.parse(name)).isEmpty();
  }
}
