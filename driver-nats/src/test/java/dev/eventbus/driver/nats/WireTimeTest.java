package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times come back to the nanosecond; other forms of RFC 3339 are read too. */
class WireTimeTest {

  private static final long SEED = 20_260_105;

  @Test
  void randomTimesComeBack() {
    var random = new Random(SEED);
    long range = 253_402_300_800L + 62_167_219_200L;
    for (int i = 0; i < 10_000; i++) {
      long second = (long) (random.nextDouble() * range) - 62_167_219_200L;
      int[] nanos = {0, 1, 500_000_000, 123_456_000, random.nextInt(1_000_000_000)};
      Instant time = Instant.ofEpochSecond(second, nanos[random.nextInt(nanos.length)]);
      assertThat(WireTime.parse(WireTime.format(time)))
          .as("time %d of seed %d", i, SEED)
          .isEqualTo(time);
    }
    for (Instant time : new Instant[] {Instant.MIN, Instant.MAX, Instant.EPOCH}) {
      assertThat(WireTime.parse(WireTime.format(time))).isEqualTo(time);
    }
  }

  @Test
  void otherFormsAreRead() {
    Instant time = Instant.parse("2018-04-05T17:31:00Z");
    for (String form : new String[] {
      "2018-04-05T17:31:00Z",
      "2018-04-05T17:31:00.0Z",
      "2018-04-05T19:31:00+02:00",
      "2018-04-05T17:31:00+00:00",
      "2018-04-05t17:31:00Z"
    }) {
      assertThat(WireTime.parse(form)).as(form).isEqualTo(time);
    }
    assertThat(WireTime.parse("2018-04-05T17:31:00.123Z")).isEqualTo(time.plusMillis(123));
    assertThat(WireTime.parse("2024-02-29T23:59:59.000000001Z"))
        .isEqualTo(Instant.parse("2024-02-29T23:59:59.000000001Z"));
  }

  @Test
  void whatIsNoTimeIsRefused() {
    for (String form : new String[] {
      "",
      "Z",
      "now",
      "2018-04-05",
      "2018-04-05T17:31:00",
      "2018-02-30T17:31:00Z",
      "2018-13-05T17:31:00Z",
      "2018-04-05T25:31:00Z",
      "2018-04-05T17:60:00Z",
      "2018-04-05T17:31:00.1234567890Z",
      "2018-04-05T17:31:0xZ",
      "2018-04-05T17:31:00.1x3Z",
      "2018/04/05T17:31:00Z",
      "\u0662018-04-05T17:31:00Z"
    }) {
      assertThatThrownBy(() -> WireTime.parse(form))
          .as(form)
          .isInstanceOf(DateTimeException.class)
          .hasMessageContaining("ce-time is \"" + form);
    }
  }
}
