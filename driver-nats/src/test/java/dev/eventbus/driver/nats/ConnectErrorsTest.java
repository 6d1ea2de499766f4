package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.Connecting.SECRET;
import static dev.eventbus.driver.nats.Connecting.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.DriverException;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else can be wrong at the other end. */
class ConnectErrorsTest {

  private static final String URL = NatsAddresses.URL;
  private static final Duration SPARE = Duration.ofMillis(1500);

  @TempDir
  private Path directory;

  @Test
  void anAbsentServerIsTold() throws IOException {
    String url = "nats://127.0.0.1:" + freePort();
    DriverException failure = inTime(NatsError.UNREACHABLE, settings(URL, url));
    assertThat(failure).hasMessageContaining(url).hasMessageContaining(URL);
  }

  @Test
  void theSettingThatTheAddressComesFromIsNamed() throws IOException {
    String url = "nats://jo:" + SECRET + "@127.0.0.1:" + freePort();
    DriverException failure =
        inTime(NatsError.UNREACHABLE, settings(NatsAddresses.NAME_SERVER, url));
    assertThat(failure).hasMessageContaining(NatsAddresses.NAME_SERVER);
  }

  @Test
  void anUnknownHostIsTold() {
    DriverException failure =
        inTime(NatsError.UNREACHABLE, settings(URL, "nats://no-such-host.invalid"));
    assertThat(failure)
        .hasMessageContaining("unknown")
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void aServerThatNeverSpeaksIsTold() throws Exception {
    try (var silent = listen()) {
      DriverException failure = inTime(NatsError.NOT_NATS, settings(URL, url(silent)));
      assertThat(failure).hasMessageContaining("PT1S").hasMessageContaining(url(silent));
    }
  }

  @Test
  void aServerThatSpeaksSomethingElseIsToldAtOnce() throws Exception {
    for (String word : new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", "+OK\r\n", "I", "INFA"}) {
      try (var other = listen();
          var speaker = new Speaker(other, word)) {
        assertThat(speaker).isNotNull();
        inTime(NatsError.NOT_NATS, settings(URL, url(other)));
      }
    }
  }

  @Test
  void aServerThatTakesNoMoreConnectionsIsTold() throws Exception {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory)
            .withStorage(NatsSpec.Storage.NONE)
            .withExtraConfig("max_connections: 1"));
        var only = new RawClient(server.nodes().get(0).url())) {
      assertThat(only).isNotNull();
      for (int i = 0; i < 10; i++) {
        DriverException failure =
            inTime(NatsError.REFUSED, settings(URL, server.nodes().get(0).url()));
        assertThat(failure.getMessage()).containsIgnoringCase("maximum connections exceeded");
      }
    }
  }

  @Test
  void oneLivingAddressIsEnough() throws Exception {
    try (NatsCluster server = start()) {
      String alive = server.nodes().get(0).url();
      for (int i = 0; i < 4; i++) {
        Connecting.works(settings(URL, "127.0.0.1:" + freePort() + ", " + alive));
      }
    }
  }

  @Test
  void ofSeveralFailuresTheMostTellingIsTold() throws Exception {
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory)
        .withStorage(NatsSpec.Storage.NONE)
        .withExtraConfig("authorization { token: \"right\" }"))) {
      String urls = server.nodes().get(0).url() + ",127.0.0.1:" + freePort();
      for (int i = 0; i < 4; i++) {
        inTime(NatsError.AUTHENTICATION, settings(URL, urls));
      }
    }
  }

  @Test
  void anInterruptEndsTheAttempt() throws Exception {
    try (var silent = listen()) {
      var failure = new AtomicReference<Throwable>();
      var interrupted = new AtomicReference<Boolean>();
      Thread caller = new Thread(() -> {
        try {
          Connecting.to(settings(URL, url(silent), NatsTiming.CONNECT_TIMEOUT, "30s"));
        } catch (DriverException expected) {
          failure.set(expected);
        }
        interrupted.set(Thread.currentThread().isInterrupted());
      });
      caller.setDaemon(true);
      caller.start();
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.isConnected()).isTrue();
        caller.interrupt();
        caller.join(10_000);
      }
      assertThat(failure.get()).isInstanceOf(DriverException.class);
      assertThat(interrupted.get()).isTrue();
    }
  }

  @Test
  void websocketsConnect() throws Exception {
    int port = freePort();
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory)
        .withStorage(NatsSpec.Storage.NONE)
        .withExtraConfig("websocket { listen: \"127.0.0.1:" + port + "\", no_tls: true }"))) {
      assertThat(server.nodes()).hasSize(1);
      Connecting.works(settings(URL, "ws://127.0.0.1:" + port));
    }
  }

  private NatsCluster start() {
    return NatsServers.start(NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE));
  }

  private static DriverException inTime(NatsError code, Map<String, String> settings) {
    settings.put(NatsTiming.CONNECT_TIMEOUT, "1s");
    long start = System.nanoTime();
    DriverException failure = Connecting.fails(code, settings);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(1).plus(SPARE));
    return failure;
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String url(ServerSocket socket) {
    return "nats://127.0.0.1:" + socket.getLocalPort();
  }

  private static int freePort() throws IOException {
    try (var socket = listen()) {
      return socket.getLocalPort();
    }
  }

  /** Says one word to everyone who comes. */
  private static final class Speaker implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread thread;

    Speaker(ServerSocket socket, String word) {
      this.socket = socket;
      this.thread = new Thread(() -> speak(word), "speaker");
      thread.setDaemon(true);
      thread.start();
    }

    private void speak(String word) {
      try {
        while (true) {
          try (Socket peer = socket.accept()) {
            peer.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            peer.getOutputStream().flush();
            peer.getInputStream().read();
          }
        }
      } catch (IOException closed) {
        // the end
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      await().atMost(Duration.ofSeconds(5)).until(() -> !thread.isAlive());
    }
  }
}
