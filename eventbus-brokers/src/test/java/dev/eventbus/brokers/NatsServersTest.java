package dev.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Options;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers, one process or three. */
class NatsServersTest {

  private static final String STREAM = "orders";

  @TempDir
  Path directory;

  @Test
  void aServerTakesWorkOnceItIsStarted() throws Exception {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory))) {
      store(server, 1);
      assertThat(stored(server)).isEqualTo(1);
      assertThat(server.leaderOf("orders")).contains(server.nodes().get(0));
      assertThat(server.leaderOf("nothing")).isEmpty();
      assertThat(server.settings())
          .containsEntry("COZE_MQ_TYPE", "nats")
          .containsEntry("NATS_SERVER_URL", server.url());
      assertThat(server.monitoringUrls()).hasSize(1).allMatch(url -> url.startsWith("http://127"));
      assertThat(directory.resolve("n1/nats.pid"))
          .hasContent(Long.toString(server.nodes().get(0).pid()));
    }
  }

  @Test
  void whatWasStoredOutlivesKillAndStop() throws Exception {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory))) {
      BrokerNode node = server.nodes().get(0);
      String url = node.url();
      store(server, 1);
      node.kill();
      assertThat(node.isRunning()).isFalse();
      node.start();
      assertThat(node.url()).isEqualTo(url);
      assertThat(stored(server)).isEqualTo(1);
      server.stop();
      node.start();
      assertThat(stored(server)).isEqualTo(1);
    }
  }

  @Test
  void aNewServerInTheSameDirectoryFindsWhatWasStored() throws Exception {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory))) {
      store(server, 1);
    }
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory))) {
      assertThat(stored(server)).isEqualTo(1);
    }
  }

  @Test
  void aPausedServerAnswersNobodyUntilItGoesOn() throws Exception {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory));
        Client client = Client.of(server)) {
      BrokerNode node = server.nodes().get(0);
      node.pause();
      assertThat(node.isRunning()).isTrue();
      assertThatThrownBy(() -> client.roundTrip(Duration.ofMillis(300)));
      node.resume();
      client.roundTrip(Duration.ofSeconds(10));
      assertThat(node.isRunning()).isTrue();
    }
  }

  @Test
  void aPausedServerCanBeStoppedAndKilled() {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory))) {
      BrokerNode node = server.nodes().get(0);
      node.pause();
      node.stop();
      assertThat(node.isRunning()).isFalse();
      node.start();
      node.pause();
      node.kill();
      assertThat(node.isRunning()).isFalse();
    }
  }

  @Test
  void threeNodesGoOnWithoutTheLeader() throws Exception {
    try (NatsCluster cluster = NatsServers.start(NatsSpec.in(directory).withNodes(3))) {
      store(cluster, 3);
      BrokerNode leader = cluster.leaderOf(STREAM).orElseThrow();
      leader.kill();
      BrokerNode next = Awaitility.await("a new leader")
          .atMost(Duration.ofSeconds(30))
          .until(() -> cluster.leaderOf(STREAM), Optional::isPresent)
          .orElseThrow();
      assertThat(next.name()).isNotEqualTo(leader.name());
      assertThat(stored(cluster)).isEqualTo(1);
      leader.start();
      cluster.awaitReady();
      assertThat(cluster.nodes()).allMatch(BrokerNode::isRunning);
      assertThat(stored(cluster)).isEqualTo(1);
    }
  }

  @Test
  void nothingRunsAfterClose() {
    NatsCluster cluster = NatsServers.start(NatsSpec.in(directory).withNodes(3));
    List<Long> pids = cluster.nodes().stream().map(BrokerNode::pid).toList();
    cluster.nodes().get(1).pause();
    cluster.close();
    assertThat(pids).noneMatch(NatsServersTest::lives);
    assertThatThrownBy(() -> cluster.nodes().get(0).start())
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aReleasedServerOutlivesClose() {
    NatsCluster server = NatsServers.start(NatsSpec.in(directory));
    var process = ProcessHandle.of(server.nodes().get(0).pid()).orElseThrow();
    server.release();
    server.close();
    try {
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  @Test
  void aDirectoryBelongsToOneBroker() {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory))) {
      assertThatThrownBy(() -> NatsServers.start(NatsSpec.in(directory)))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("in use by")
          .hasMessageContaining("" + server.nodes().get(0).pid());
    }
    assertThatThrownBy(() -> NatsServers.start(NatsSpec.in(directory).withNodes(3)))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("has the files of 1 node");
  }

  @Test
  void nothingOutlivesTheVirtualMachine() throws Exception {
    for (String end : List.of("exit", "SIGTERM")) {
      var builder = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          System.getProperty("java.class.path"),
          StartMain.class.getName(),
          directory.resolve(end).toString());
      Process starter = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String pid = starter.inputReader().readLine();
      assertThat(pid).isNotNull();
      assertThat(lives(Long.parseLong(pid))).isTrue();

      if (end.equals("exit")) {
        starter.outputWriter().close();
      } else {
        starter.destroy();
      }

      starter.waitFor();
      assertThat(lives(Long.parseLong(pid))).isFalse();
    }
  }

  @Test
  void aTakenPortIsToldWithItsNumber() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> NatsServers.start(NatsSpec.in(directory).withPort(port)))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("another port");
    }
  }

  @Test
  void aServerThatEndsTellsItsLog() {
    NatsSpec spec = NatsSpec.in(directory).withExtraConfig("no_such_option: 1");
    assertThatThrownBy(() -> NatsServers.start(spec))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("nats.log")
        .hasMessageContaining("unknown field \"no_such_option\"");
  }

  @Test
  void extraConfigurationIsTheServers() throws Exception {
    NatsSpec spec = NatsSpec.in(directory)
        .withMaxPayload(64)
        .withSyncInterval(Duration.ZERO)
        .withExtraConfig("authorization { user: u, password: secret }");
    assertThat(spec.toString()).doesNotContain("secret");
    try (NatsCluster server = NatsServers.start(spec)) {
      assertThatThrownBy(() -> Client.of(server).close());
      var options = Options.builder().server(server.url()).userInfo("u", "secret");
      try (Client client = Client.with(options)) {
        assertThat(client.connection().getMaxPayload()).isEqualTo(64);
      }
    }
    assertThat(Files.readString(directory.resolve("n1/nats.conf"))).contains("always");
  }

  @Test
  void aServerWithoutStorageStartsAndHasNoStreams() throws Exception {
    NatsSpec spec = NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE);
    try (NatsCluster server = NatsServers.start(spec);
        Client client = Client.of(server)) {
      assertThatThrownBy(client::stored);
    }
  }

  private static void store(NatsCluster server, int replicas) throws Exception {
    try (Client client = Client.of(server)) {
      client.createStream(replicas);
      client.store("one");
    }
  }

  private static long stored(NatsCluster server) throws Exception {
    try (Client client = Client.of(server)) {
      return client.stored();
    }
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
