package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyQueueTest {

  private final KeyQueue queue = new KeyQueue();

  @Test
  void onlyTheFirstUnsettledEventOfAKeyIsItsHead() {
    Slot first = Slots.slot(1, "k", queue);
    Slot second = Slots.slot(2, "k", queue);
    assertThat(first.isHead()).isTrue();
    assertThat(second.isHead()).isFalse();
    assertThat(queue.advance()).isSameAs(second);
    assertThat(second.isHead()).isTrue();
  }

  @Test
  void theDepthIsTheNumberOfUnsettledEventsBefore() {
    Slot first = Slots.slot(1, "k", queue);
    Slot second = Slots.slot(2, "k", queue);
    Slot third = Slots.slot(3, "k", queue);
    assertThat(queue.depthOf(first)).isZero();
    assertThat(queue.depthOf(third)).isEqualTo(2);
    queue.advance();
    assertThat(queue.depthOf(second)).isZero();
    assertThat(queue.depthOf(third)).isEqualTo(1);
  }

  @Test
  void anEmptiedQueueHasNoNextAndTakesFurtherEvents() {
    Slots.slot(1, "k", queue);
    assertThat(queue.advance()).isNull();
    assertThat(queue.isEmpty()).isTrue();
    Slot later = Slots.slot(2, "k", queue);
    assertThat(later.isHead()).isTrue();
    assertThat(queue.isEmpty()).isFalse();
  }

  @Test
  void anEventWithoutAKeyIsAlwaysAHead() {
    assertThat(Slots.slot(1).isHead()).isTrue();
  }
}
