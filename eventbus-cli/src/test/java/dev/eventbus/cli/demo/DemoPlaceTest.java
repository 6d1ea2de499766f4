package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoPlaceTest {

  @Test
  void natsWithoutAnAddressHasServersOfItsOwn() {
    assertThat(DemoPlace.hasOwnServers(Map.of("COZE_MQ_TYPE", "nats"))).isTrue();
    assertThat(DemoPlace.hasOwnServers(Map.of("COZE_MQ_TYPE", "NATS"))).isTrue();
  }

  @Test
  void anAddressOrAnotherBrokerIsTakenAsItIs() {
    assertThat(DemoPlace.hasOwnServers(Map.of())).isFalse();
    assertThat(DemoPlace.hasOwnServers(Map.of("COZE_MQ_TYPE", "embedded"))).isFalse();
    for (String name : new String[] {"NATS_SERVER_URL", "MQ_NAME_SERVER"}) {
      assertThat(DemoPlace.hasOwnServers(Map.of("COZE_MQ_TYPE", "nats", name, "localhost")))
          .as(name)
          .isFalse();
    }
  }
}
