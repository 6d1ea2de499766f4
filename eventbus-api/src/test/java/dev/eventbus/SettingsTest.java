package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Settings EMPTY = Settings.of(Map.of());

  private static Settings with(String value) {
    return Settings.of(Map.of("X", value));
  }

  private static void assertRefused(Runnable read, String value, String mend) {
    var refused = catchThrowableOfType(SettingException.class, read::run);
    assertThat(refused).as("what \"%s\" raises", value).isNotNull();
    assertThat(refused.setting()).isEqualTo("X");
    assertThat(refused.code()).isEqualTo("bad-setting");
    assertThat(refused).hasMessageContainingAll("X is \"" + value + "\"", mend, "[bad-setting]");
  }

  @Test
  void anUnsetNameIsNull() {
    assertThat(EMPTY.find("X")).isNull();
    assertThat(EMPTY.text("X", "fallback")).isEqualTo("fallback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aBlankValueCountsAsUnset(String blank) {
    Settings settings = with(blank);
    assertThat(settings.find("X")).isNull();
    assertThat(settings.text("X", "fallback")).isEqualTo("fallback");
    assertThat(settings.integer("X", 7, 1, 9)).isEqualTo(7);
    assertThat(settings.duration("X", Duration.ofSeconds(7))).hasSeconds(7);
    assertThat(settings.bytes("X", 7)).isEqualTo(7);
    assertThat(settings.flag("X", true)).isTrue();
  }

  @Test
  void spaceAroundAValueIsCutOff() {
    assertThat(with("  a b \n").find("X")).isEqualTo("a b");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "10,10", "007,7"})
  void aWholeNumberWithinItsBoundsIsRead(String value, int number) {
    assertThat(with(value).integer("X", 5, 1, 10)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "-1", "ten", "1.5", "1e3", "99999999999"})
  void aNumberOutsideItsBoundsIsRefusedWithThem(String value) {
    assertRefused(() -> with(value).integer("X", 5, 1, 10), value, "a whole number from 1 to 10");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,500",
    "30s,30000",
    "5m,300000",
    "2h,7200000",
    "7d,604800000",
    "30 S,30000",
    "PT30S,30000",
    "pt0.5s,500",
    "1ms,1"
  })
  void aTimeIsReadInItsUnit(String value, long millis) {
    assertThat(with(value).duration("X", Duration.ZERO)).hasMillis(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0s",
        "30",
        "s",
        "-5s",
        "PT-1S",
        "1.5s",
        "99999999999999999999s",
        "9223372036854775807s",
        "PT9223372036854775807S",
        "soon"
      })
  void whatIsNoTimeAboveZeroIsRefusedWithExamples(String value) {
    assertRefused(
        () -> with(value).duration("X", Duration.ZERO),
        value,
        "a time such as 500ms, 30s, 5m or PT30S");
  }

  @ParameterizedTest
  @CsvSource({"512,512", "1b,1", "64KiB,65536", "64 kib,65536", "16MiB,16777216", "1GiB,1073741824"
  })
  void aSizeIsReadInItsUnit(String value, long bytes) {
    assertThat(with(value).bytes("X", 7)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "64KB", "much", "9999999999999GiB", "99999999999999999999"})
  void whatIsNoSizeAboveZeroIsRefusedWithExamples(String value) {
    assertRefused(() -> with(value).bytes("X", 7), value, "a size such as 512, 64KiB or 16MiB");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "false,false", "False,false"})
  void aFlagIsTrueOrFalse(String value, boolean flag) {
    assertThat(with(value).flag("X", !flag)).isEqualTo(flag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "on", "truee"})
  void whatIsNeitherTrueNorFalseIsRefused(String value) {
    assertRefused(() -> with(value).flag("X", true), value, "must be true or false");
  }

  @Test
  void aPrefixSelectsAndIsCutOff() {
    Settings settings =
        Settings.of(Map.of("KAFKA_OPT_", "alone", "KAFKA_OPT_a", "1", "KAFKA_OPT_b", "", "K", "2"));
    assertThat(settings.startingWith("KAFKA_OPT_"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", ""));
  }

  @Test
  void aCopyWithOneValueLeavesTheOriginalAlone() {
    Settings original = with("old");
    Settings changed = original.with("X", "new").with("Y", "more");
    assertThat(original.find("X")).isEqualTo("old");
    assertThat(changed.find("X")).isEqualTo("new");
    assertThat(changed.names()).containsExactly("X", "Y");
  }

  @Test
  void valuesNeverShow() {
    assertThat(with("s3cret")).hasToString("Settings[X]");
  }

  @Test
  void theEnvironmentIsRead() {
    assertThat(Settings.fromEnvironment().names()).isEqualTo(System.getenv().keySet());
  }

  @Test
  void connectOptionsComeFromSettings() {
    ConnectOptions options = ConnectOptions.from(Settings.of(Map.of(
        Settings.PUBLISH_TIMEOUT, "1500ms",
        Settings.MAX_PENDING_PUBLISHES, "20")));
    assertThat(options.publishTimeout()).hasMillis(1500);
    assertThat(options.maxPendingPublishes()).isEqualTo(20);
    assertThat(options.handlerExecutor()).isNull();
    assertThat(ConnectOptions.from(EMPTY)).isEqualTo(ConnectOptions.defaults());
  }

  @Test
  void aBadConnectOptionNamesItsSetting() {
    Settings settings = Settings.of(Map.of(Settings.MAX_PENDING_PUBLISHES, "0"));
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> ConnectOptions.from(settings))
        .withMessageContaining(Settings.MAX_PENDING_PUBLISHES + " is \"0\"")
        .withMessageContaining("from 1 to 1000000");
  }
}
