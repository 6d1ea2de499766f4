package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code eventbus broker} as a user runs it, with real servers and a state directory of its own. */
@Timeout(300)
class BrokerIT {

  private static final Pattern URLS = Pattern.compile("export NATS_SERVER_URL=(\\S+)\n");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SIGTERM_EXIT = 143;

  @TempDir
  private Path directory;

  @AfterEach
  void stopWhatIsLeft() throws Exception {
    run("broker", "stop");
  }

  @Test
  void aDetachedBrokerIsFoundAndStopped() throws Exception {
    var started = run("broker", "start", "nats", "--detach", "--port", "0");
    assertThat(started.exitCode()).as(started.err()).isZero();
    assertThat(started.out()).startsWith("export COZE_MQ_TYPE=nats\n");
    assertThat(answers(urls(started.out()))).isTrue();

    assertThat(run("broker", "status").out())
        .contains("n1")
        .contains(urls(started.out()))
        .contains(started.out());
    JsonNode status = Json.MAPPER.readTree(run("broker", "status", "--json").out());
    assertThat(status.path(0).path("nodes").path(0).path("running").asBoolean()).isTrue();

    var second = run("broker", "start", "nats", "--port", "0");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("runs already").contains("broker stop");

    var stopped = run("broker", "stop", "nats");
    assertThat(stopped.exitCode()).as(stopped.err()).isZero();
    assertThat(answers(urls(started.out()))).isFalse();
    assertThat(run("broker", "status").out()).startsWith("No broker runs");
    var again = run("broker", "stop");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).startsWith("error: no broker runs");
  }

  @Test
  void threeNodesHaveAddressesEach() throws Exception {
    var started = run("broker", "start", "nats", "--detach", "--port", "0", "--nodes", "3");

    assertThat(started.exitCode()).as(started.err()).isZero();
    assertThat(started.out()).contains("export NATS_STREAM_REPLICAS=3\n");
    assertThat(urls(started.out()).split(",")).hasSize(3).allMatch(BrokerIT::answers);
  }

  @Test
  void sigtermEndsABrokerInTheForeground() throws Exception {
    var broker = startInForeground();
    List<ProcessHandle> servers = broker.process().children().toList();
    assertThat(servers).hasSize(1).allMatch(ProcessHandle::isAlive);

    broker.process().destroy();

    assertThat(broker.await().exitCode()).isEqualTo(SIGTERM_EXIT);
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(run("broker", "stop").exitCode()).isEqualTo(1);
  }

  @Test
  void stopEndsABrokerInTheForegroundToo() throws Exception {
    var broker = startInForeground();

    assertThat(run("broker", "stop", "nats").exitCode()).isZero();

    var result = broker.await();
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void aBrokerThatDiesIsAnError() throws Exception {
    var broker = startInForeground();

    broker.process().children().forEach(ProcessHandle::destroyForcibly);

    var result = broker.await();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("error: nats has ended by itself");
    assertThat(run("broker", "status").out()).startsWith("No broker runs");
  }

  @Test
  void aTakenPortIsOneError() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      int port = taken.getLocalPort();
      var result = run("broker", "start", "nats", "--port", Integer.toString(port));

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).startsWith("error: port " + port).contains("another port");
    }
  }

  @Test
  void aWrongBinaryIsOneError() throws Exception {
    var environment = environment(Map.of("EVENTBUS_NATS_SERVER", "/no/such/file"));
    var result = new Shell(directory, environment, List.of())
        .run("", CommandIT.command("broker", "start", "nats"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: EVENTBUS_NATS_SERVER is /no/such/file");
  }

  private Shell.Running startInForeground() throws IOException {
    var running = shell().start(CommandIT.command("broker", "start", "nats", "--port", "0"));
    await().atMost(PATIENCE).until(() -> running.outSoFar().contains("NATS_SERVER_URL"));
    return running;
  }

  private Shell.Result run(String... args) throws IOException, InterruptedException {
    return shell().run("", CommandIT.command(args));
  }

  private Shell shell() {
    return new Shell(directory, environment(Map.of()), List.of());
  }

  private Map<String, String> environment(Map<String, String> further) {
    var all = new HashMap<>(further);
    all.put("XDG_STATE_HOME", directory.resolve("state").toString());
    return all;
  }

  private static String urls(String exports) {
    Matcher found = URLS.matcher(exports);
    assertThat(found.find()).as(exports).isTrue();
    return found.group(1);
  }

  private static boolean answers(String url) {
    var address = URI.create(url);
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException nobodyListens) {
      return false;
    }
  }
}
