package dev.eventbus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.brokers.BrokerNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kit does to a broker reaches its processes. */
class NatsBrokerTest {

  @TempDir
  Path directory;

  static List<Function<Path, NatsBroker>> brokers() {
    return List.of(NatsBroker::single, NatsBroker::cluster);
  }

  @ParameterizedTest
  @MethodSource("brokers")
  void theKitCanEndAndStartIt(Function<Path, NatsBroker> open) throws Exception {
    try (NatsBroker broker = open.apply(directory)) {
      var control = broker.control().orElseThrow();
      var nodes = broker.servers().nodes();
      List<Long> first = nodes.stream().map(BrokerNode::pid).toList();

      control.pause();
      control.resume();
      assertThat(nodes.stream().map(BrokerNode::pid)).containsExactlyElementsOf(first);

      control.kill();
      assertThat(nodes).noneMatch(BrokerNode::isRunning);
      control.start();
      control.stop();
      assertThat(nodes).noneMatch(BrokerNode::isRunning);
      control.start();
      assertThat(nodes).allMatch(BrokerNode::isRunning);
      assertThat(nodes.stream().map(BrokerNode::pid)).doesNotContainAnyElementsOf(first);
      assertThat(broker.absentBroker()).containsKeys("COZE_MQ_TYPE", "NATS_SERVER_URL");
    }
  }
}
