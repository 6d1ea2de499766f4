package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.LaneLag;
import dev.eventbus.Settings;
import dev.eventbus.UnknownDriverException;
import dev.eventbus.cli.TopicView.GroupView;
import dev.eventbus.spi.SettingSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final TopicView ORDERS = new TopicView(
      "orders",
      2,
      10,
      List.of(new GroupView("billing", List.of(new LaneLag(0, 1), new LaneLag(1, 2)))));

  @Test
  void aTableAlignsItsColumnsAndEndsNoLineInBlanks() {
    assertThat(Table.of(List.of(List.of("A", "B"), List.of("long", "b"), List.of("c"))))
        .isEqualTo("A     B\nlong  b\nc\n");
  }

  @Test
  void topicsShowTheLagOfEachGroup() {
    var alone = new TopicView("alone", 8, 0, List.of());

    assertThat(Table.of(TopicsCommand.rows(List.of(ORDERS, alone)))).isEqualTo("""
            TOPIC   LANES  EVENTS  GROUP    LAG
            orders  2      10      billing  3
            alone   8      0
            """);
  }

  @Test
  void topicsAsJsonHaveTheLagOfEachLane() {
    assertThat(TopicsCommand.document(List.of(ORDERS)))
        .hasToString(
            "[{\"name\":\"orders\",\"lanes\":2,\"events\":10,\"groups\":[{\"name\":\"billing\","
                + "\"lag\":3,\"lanes\":[{\"lane\":0,\"lag\":1},{\"lane\":1,\"lag\":2}]}]}]");
  }

  @Test
  void groupsShowTheLanesThatWait() {
    var groups = List.of(
        new GroupView("billing", List.of(new LaneLag(0, 1), new LaneLag(1, 0), new LaneLag(2, 2))),
        new GroupView("idle", List.of(new LaneLag(0, 0))));

    assertThat(Table.of(GroupsCommand.rows(groups))).isEqualTo("""
            GROUP    LAG  LANE:LAG
            billing  3    0:1 2:2
            idle     0
            """);
  }

  @Test
  void groupsAsJsonHaveEveryLane() {
    assertThat(GroupsCommand.document(ORDERS.groups()))
        .hasToString("[{\"name\":\"billing\",\"lag\":3,"
            + "\"lanes\":[{\"lane\":0,\"lag\":1},{\"lane\":1,\"lag\":2}]}]");
  }

  @Test
  void aSecretIsNeverShown() {
    var settings = Settings.of(Map.of("TOKEN", "hush", "URL", "nats://me:hush@host:4222"));

    assertThat(SettingValue.shown(SettingSpec.secret("TOKEN", "."), settings))
        .isEqualTo("set (not shown)");
    assertThat(SettingValue.shown(SettingSpec.open("URL", "", "."), settings))
        .isEqualTo("nats://***@host:4222");
    assertThat(SettingValue.shown(SettingSpec.open("OTHER", "", "."), settings)).isEqualTo("unset");
  }

  @Test
  void anUnsetTypeIsTheBusesOwnError() {
    assertThatThrownBy(() -> DriverSelection.open(Settings.of(Map.of())))
        .isInstanceOf(UnknownDriverException.class)
        .hasMessageContaining("COZE_MQ_TYPE is not set");
  }
}
