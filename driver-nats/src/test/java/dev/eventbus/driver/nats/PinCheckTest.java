package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.ConsumerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinCheckTest {

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final PinCheck check = new PinCheck();

  private static ConsumerInfo info(String groups) {
    return new ConsumerInfo(
        FakeConnection.message("{\"stream_name\":\"s\",\"name\":\"g=0\"" + groups + "}"));
  }

  @Test
  void theTimesBetweenLooksDoubleUntilNoPullOfAFormerOwnerCanBeLeft() {
    check.opened(-7 * MILLI);
    List<Long> looks = new ArrayList<>();
    for (long millis = 0; millis < 120_000; millis += 50) {
      if (check.isDue((millis - 7) * MILLI)) {
        looks.add(millis);
      }
    }
    assertThat(looks).startsWith(100L, 200L, 400L, 800L, 1_600L);
    assertThat(looks.get(looks.size() - 1)).isBetween(LaneInflow.PULL.toMillis(), 60_000L);
  }

  @Test
  void eachAlignmentBeginsAnew() {
    check.opened(0);
    assertThat(check.isDue(100 * MILLI)).isTrue();
    check.opened(1_000 * MILLI);
    assertThat(check.isDue(1_050 * MILLI)).isFalse();
    assertThat(check.isDue(1_100 * MILLI)).isTrue();
  }

  @Test
  void aPinIsSeen() {
    assertThat(PinCheck.isPinned(
            info(",\"priority_groups\":[{\"group\":\"owner\",\"pinned_client_id\":\"A7b\"}]")))
        .isTrue();
    assertThat(PinCheck.isPinned(info(",\"priority_groups\":[{\"group\":\"owner\"}]")))
        .isFalse();
    assertThat(PinCheck.isPinned(info(""))).isFalse();
  }
}
