package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.eventbus.engine.LaneRecord.Fate;
import dev.eventbus.engine.LaneRecord.Tries;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.DriverTraits.SettledAhead;
import dev.eventbus.spi.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneRecordCodecTest {

  private static final long SEED = 11;
  private static final long YEAR_2100 = 4_102_444_800_000L;
  private static final long A_MONTH = 31L * 24 * 3600 * 1000;

  private static Position randomPosition(Random random) {
    long major = random.nextBoolean() ? 0 : random.nextLong() >>> (1 + random.nextInt(62));
    return new Position(major, random.nextLong() >>> (1 + random.nextInt(62)));
  }

  private static LaneRecord randomRecord(Random random) {
    List<Tries> tries = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      long first = random.nextLong(YEAR_2100);
      long last = first + random.nextLong(A_MONTH);
      tries.add(new Tries(
          randomPosition(random),
          1 + random.nextInt(50),
          first,
          last,
          last + random.nextLong(A_MONTH),
          List.of(Fate.values()).get(random.nextInt(3))));
    }
    var ahead = new BitSet();
    for (int i = random.nextInt(80); i > 0; i--) {
      ahead.set(random.nextInt(3000));
    }
    return new LaneRecord(
        random.nextBoolean(),
        random.nextInt(200),
        random.nextInt(2000),
        random.nextInt(4) == 0 ? null : randomPosition(random),
        random.nextInt(4) == 0 ? randomPosition(random) : null,
        tries,
        ahead);
  }

  @Test
  void aRecordComesBackAsItWas() {
    var random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      LaneRecord record = randomRecord(random);
      String text = LaneRecordCodec.encode(record);
      assertThat(LaneRecordCodec.decode(text))
          .as("seed %d, record %d: %s", SEED, i, text)
          .contains(record);
      assertThat(text).as("ASCII that every broker stores as it is").matches("[ -~]+");
    }
  }

  @Test
  void theRecordOfALaneThatNobodyOwnedComesBackToo() {
    String text = LaneRecordCodec.encode(LaneRecord.none());
    assertThat(text).isEqualTo("eb1;c;0;0;;;;");
    assertThat(LaneRecordCodec.decode(text)).contains(LaneRecord.none());
  }

  @Test
  void anExampleReadsAsDocumented() {
    var ahead = new BitSet();
    ahead.set(1);
    ahead.set(8);
    var record = new LaneRecord(
        true,
        48,
        96,
        Position.of(36),
        new Position(1, 35),
        List.of(new Tries(Position.of(37), 2, 1000, 1036, 1071, Fate.REJECTED)),
        ahead);
    assertThat(LaneRecordCodec.encode(record))
        .isEqualTo("eb1;d;1c;2o;0.10;1.z;0.11:2:rs:10:z:r;AgE");
  }

  @Test
  void anEmptyTextIsALaneThatNobodyOwned() {
    assertThat(LaneRecordCodec.decode("")).contains(LaneRecord.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        ";",
        ";;;;;;;",
        "eb2;c;0;0;;;;",
        "eb1;c;0;0;;;",
        "eb1;c;0;0;;;;;",
        "eb1;c;!;0;;;;",
        "eb1;c;0;;;;;",
        "eb1;c;0;0;17;;;",
        "eb1;c;0;0;;1.;;",
        "eb1;c;0;0;;;0.1:1:1:1:1;",
        "eb1;c;0;0;;;:1:1:1:1:r;",
        "eb1;c;0;0;;;,;",
        "eb1;c;0;0;;;;***",
        "{\"offset\": 7}",
        "\u0000\u0001",
        "grüße"
      })
  void aForeignTextIsNotUnderstood(String text) {
    assertThat(LaneRecordCodec.decode(text)).isEmpty();
  }

  @Test
  void aDamagedRecordNeverStopsALane() {
    var random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder(LaneRecordCodec.encode(randomRecord(random)));
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
      }
      text.setLength(random.nextInt(4) == 0 ? random.nextInt(text.length()) : text.length());
      assertThatCode(() -> LaneRecordCodec.decode(text.toString()))
          .as("seed %d, record %d: %s", SEED, i, text)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(SettledAhead.class)
  void theFullestRecordThatTheLimitsAllowFits(SettledAhead keeper) {
    for (int length : new int[] {1000, 2000, 4000}) {
      var traits = new DriverTraits(keeper, length);
      LaneLimits limits = LaneLimits.of(100, 16, traits);
      List<Tries> tries = new ArrayList<>();
      for (int i = 0; i < limits.maxTries(); i++) {
        tries.add(new Tries(
            new Position(1L << 40, (1L << 32) + i),
            1000,
            YEAR_2100,
            YEAR_2100 + A_MONTH,
            YEAR_2100 + 2 * A_MONTH,
            Fate.REJECTED));
      }
      var ahead = new BitSet();
      if (keeper == SettledAhead.RECORD) {
        ahead.set(0, (int) limits.maxDistance());
      }
      Position highest = new Position(Long.MAX_VALUE, Long.MAX_VALUE);
      var record =
          new LaneRecord(true, limits.reach(), Integer.MAX_VALUE, highest, highest, tries, ahead);
      assertThat(LaneRecordCodec.encode(record))
          .as("a record of at most %d characters", length)
          .hasSizeLessThanOrEqualTo(length);
    }
  }

  @Test
  void aDriverWithAShortRecordStillRetriesSomething() {
    LaneLimits limits = LaneLimits.of(100, 16, new DriverTraits(SettledAhead.RECORD, 1000));
    assertThat(limits.maxTries()).isPositive();
  }

  @Test
  void anEventIsAheadOnlyWhereItsBitIsSetInTheSameSegment() {
    var ahead = new BitSet();
    ahead.set(3);
    var record = new LaneRecord(false, 0, 0, new Position(2, 100), null, List.of(), ahead);
    assertThat(record.isAhead(new Position(2, 103))).isTrue();
    assertThat(record.isAhead(new Position(2, 102))).isFalse();
    assertThat(record.isAhead(new Position(2, 99))).isFalse();
    assertThat(record.isAhead(new Position(3, 103))).isFalse();
    assertThat(record.isAhead(new Position(2, Long.MAX_VALUE))).isFalse();
    assertThat(LaneRecord.none().isAhead(Position.of(0))).isFalse();
  }
}
