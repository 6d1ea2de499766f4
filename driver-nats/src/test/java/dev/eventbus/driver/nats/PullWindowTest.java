package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.Event;
import dev.eventbus.driver.nats.PullWindow.Ask;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import org.junit.jupiter.api.Test;

class PullWindowTest {

  private static final long MUCH = 1L << 40;

  private final PullWindow window = new PullWindow();

  private static LaneEvent event(int bytes) {
    return new LaneEvent.Decoded(Position.of(1), Event.of(new byte[bytes]));
  }

  @Test
  void nothingIsAskedForBeforeTheEngineWantsIt() {
    assertThat(window.next(0, 0)).isNull();
    assertThat(window.take(event(1))).isFalse();
  }

  @Test
  void requestsAddUp() {
    window.request(3, 100);
    window.request(4, 100);
    assertThat(window.next(0, 0)).isEqualTo(new Ask(7, 200));
    assertThat(window.pulling()).isTrue();
  }

  @Test
  void whatIsHereOrUnderWayIsNotAskedForAgain() {
    window.request(10, MUCH);
    assertThat(window.next(4, 40)).isEqualTo(new Ask(6, 1L << 30));
    assertThat(window.next(4, 40)).isNull();
  }

  @Test
  void onePullAsksForAThousandAtMost() {
    window.request(5_000, MUCH);
    assertThat(window.next(0, 0)).isEqualTo(new Ask(1_000, 1L << 30));
  }

  @Test
  void theNextPullGoesOutWhenHalfOfTheLastHasCome() {
    window.request(10, MUCH);
    assertThat(window.next(0, 0)).isNotNull();
    for (int i = 0; i < 4; i++) {
      window.delivered(10);
      assertThat(window.take(event(10))).isTrue();
      window.request(1, 10);
      assertThat(window.next(0, 0)).isNull();
    }
    window.delivered(10);
    assertThat(window.take(event(10))).isTrue();
    window.request(1, 10);
    assertThat(window.next(0, 0)).extracting(Ask::events).isEqualTo(5);
  }

  @Test
  void anEventLargerThanTheBytesLeftPassesOnce() {
    window.request(10, 5);
    assertThat(window.take(event(100))).isTrue();
    assertThat(window.take(event(1))).isFalse();
    assertThat(window.next(0, 0)).isNull();
    window.request(0, 200);
    assertThat(window.next(0, 0)).isEqualTo(new Ask(9, 105));
  }

  @Test
  void anEventThatFitsNoPullComesAlone() {
    window.request(10, 50);
    assertThat(window.next(0, 0)).isNotNull();
    window.meetsLarge();
    assertThat(window.next(0, 0)).isNull();
    window.ended(10, 50);
    assertThat(window.next(0, 0)).isEqualTo(new Ask(1, 0));
    assertThat(window.next(0, 0)).as("what is behind it").isEqualTo(new Ask(9, 50));
  }

  @Test
  void aPullThatEndsGivesBackWhatItDidNotDeliver() {
    window.request(10, 1_000);
    assertThat(window.next(0, 0)).isNotNull();
    window.delivered(100);
    window.ended(9, 900);
    assertThat(window.pulling()).isFalse();
    assertThat(window.next(1, 100)).isEqualTo(new Ask(9, 900));
  }

  @Test
  void estimatesOfBytesDoNotOutliveThePulls() {
    window.request(2, 1_000);
    assertThat(window.next(0, 0)).isNotNull();
    // Fewer bytes came than the server had counted.
    window.delivered(10);
    window.delivered(10);
    assertThat(window.take(event(10))).isTrue();
    assertThat(window.take(event(10))).isTrue();
    window.request(1, 0);
    assertThat(window.next(0, 0)).isEqualTo(new Ask(1, 980));
  }

  @Test
  void moreDeliveriesThanAskedForDoNoHarm() {
    window.request(1, 10);
    assertThat(window.next(0, 0)).isNotNull();
    window.delivered(10);
    window.delivered(10);
    window.ended(5, 50);
    assertThat(window.pulling()).isFalse();
    assertThat(window.next(0, 0)).isEqualTo(new Ask(1, 10));
  }

  @Test
  void catchingUpHasOnePullOut() {
    assertThat(window.catchUp()).isEqualTo(new Ask(64, 0));
    assertThat(window.catchUp()).isNull();
    window.ended(64, 0);
    assertThat(window.catchUp()).isNotNull();
  }

  @Test
  void aResetForgetsPullsAndKeepsWhatTheEngineWants() {
    window.request(10, 100);
    assertThat(window.next(0, 0)).isNotNull();
    window.meetsLarge();
    window.reset();
    assertThat(window.pulling()).isFalse();
    assertThat(window.next(0, 0)).isEqualTo(new Ask(10, 100));
  }
}
