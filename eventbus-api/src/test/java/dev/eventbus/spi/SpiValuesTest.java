package dev.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.eventbus.LaneCountException;
import org.junit.jupiter.api.Test;

class SpiValuesTest {

  @Test
  void positionsAreOrderedBySegmentAndThenByPlace() {
    assertThat(new Position(1, 9)).isLessThan(new Position(2, 0));
    assertThat(new Position(2, 1)).isGreaterThan(new Position(2, 0));
    assertThat(Position.of(5)).isEqualByComparingTo(new Position(0, 5));
  }

  @Test
  void aPositionShowsItsSegmentOnlyWhenItHasOne() {
    assertThat(Position.of(17)).hasToString("17");
    assertThat(new Position(3, 17)).hasToString("3.17");
  }

  @Test
  void differentPublishesHaveDifferentIds() {
    assertThat(new MessageId.Sequential("p", 1).text()).isEqualTo("p-1");
    assertThat(new MessageId.DeadLetter("orders", "billing", 3, new Position(1, 2)).text())
        .isEqualTo("dlq:orders:billing:3:1.2");
  }

  @Test
  void adviceTakesATopicAsItIs() {
    LaneCount.advised().checkAgainst("orders", 12);
    assertThat(LaneCount.advised().value()).isEqualTo(LaneCount.DEFAULT);
  }

  @Test
  void aDemandRefusesAnotherCount() {
    LaneCount.demanded(8).checkAgainst("orders", 8);
    assertThatExceptionOfType(LaneCountException.class)
        .isThrownBy(() -> LaneCount.demanded(8).checkAgainst("orders", 12))
        .withMessageContaining("12 lanes")
        .withMessageContaining("EVENTBUS_LANES is 8");
  }

  @Test
  void aSecretSettingHasNoDefaultToShow() {
    SettingSpec secret = SettingSpec.secret("NATS_TOKEN", "The token.");
    assertThat(secret.secrecy()).isEqualTo(SettingSpec.Secrecy.SECRET);
    assertThat(secret.fallback()).isEmpty();
  }
}
