package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.eventbus.Settings;
import dev.eventbus.UnknownDriverException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.OpenRequest;
import dev.eventbus.spi.SettingSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverSelectionTest {

  private record Provider(String id, Set<String> aliases) implements DriverProvider {
    @Override
    public List<SettingSpec> settings() {
      return List.of();
    }

    @Override
    public Driver open(OpenRequest request) {
      throw new UnsupportedOperationException("only its names are asked for");
    }
  }

  private final Provider nats = new Provider("nats", Set.of());
  private final Provider rocketmq = new Provider("rocketmq", Set.of("rmq"));
  private final DriverSelection selection = new DriverSelection(List.of(rocketmq, nats));

  private static Settings type(String value) {
    return Settings.of(Map.of(Settings.TYPE, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nats", "NATS", " nats "})
  void theTypeNamesTheDriver(String value) {
    assertThat(selection.pick(type(value))).isSameAs(nats);
  }

  @Test
  void anAliasNamesItToo() {
    assertThat(selection.pick(type("rmq"))).isSameAs(rocketmq);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anUnsetTypeListsTheDriversFound(String value) {
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> selection.pick(type(value)))
        .withMessageContaining("COZE_MQ_TYPE is not set")
        .withMessageContaining("Drivers found: nats, rocketmq.")
        .withMessageEndingWith("[unknown-driver]");
  }

  @Test
  void anUnknownTypeListsTheDriversFoundAndThoseOfTheProject() {
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> selection.pick(type("Rabbit")))
        .withMessageContaining("COZE_MQ_TYPE is \"Rabbit\"")
        .withMessageContaining("Drivers found: nats, rocketmq.")
        .withMessageContaining("dev.eventbus:driver-embedded, dev.eventbus:driver-kafka")
        .withMessageContaining("dev.eventbus:driver-rocketmq.");
  }

  @ParameterizedTest
  @CsvSource({
    "kafka,driver-kafka",
    "pulsar,driver-pulsar",
    "nsq,driver-nsq",
    "embedded,driver-embedded"
  })
  void aKnownTypeWithoutItsDriverNamesTheArtifactToAdd(String value, String artifact) {
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> selection.pick(type(value)))
        .withMessageContaining("COZE_MQ_TYPE is \"" + value + "\"")
        .withMessageContaining("Drivers found: nats, rocketmq.")
        .withMessageContaining("Add the artifact dev.eventbus:" + artifact + ".");
  }

  @Test
  void theOldSpellingOfAnAbsentDriverNamesItsArtifactToo() {
    var alone = new DriverSelection(List.of(nats));
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> alone.pick(type("rmq")))
        .withMessageContaining("Add the artifact dev.eventbus:driver-rocketmq.");
  }

  @Test
  void withoutAnyDriverTheMessageNamesOneToAdd() {
    var none = new DriverSelection(List.of());
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> none.pick(type("nats")))
        .withMessageContaining("No driver was found on the class path")
        .withMessageContaining("dev.eventbus:driver-nats");
  }

  @Test
  void thisModuleAloneHasNoDriver() {
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> DriverSelection.load().pick(Settings.of(Map.of())))
        .withMessageContaining("No driver was found on the class path");
  }
}
