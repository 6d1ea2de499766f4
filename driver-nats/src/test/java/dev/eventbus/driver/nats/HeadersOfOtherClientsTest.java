package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Settings;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that the client does not take come from clients that check nothing. */
@SuppressWarnings("try") // the close of a connection may be interrupted
class HeadersOfOtherClientsTest {

  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final String SUBJECT = "orders";

  private static final List<String> STRANGE = List.of(
      "NATS/1.0\r\nX-Name: J\u00fcrgen\r\n\r\n",
      "NATS/1.0\r\nGr\u00f6\u00dfe: 1\r\n\r\n",
      "NATS/1.0\r\nno colon\r\n\r\n",
      "NATS/1.0\r\n: no name\r\n\r\n",
      "NATS/1.0\r\nwith space: 1\r\n\r\n",
      "NATS/1.0\r\nA: b\rc\r\n\r\n",
      "NATS/1.0\r\nA: b",
      "NATS/1.0\r\n",
      "NATS/1.0",
      "NATS/1.0 9x\r\n\r\n",
      "NATS/2.0\r\nA: b\r\n\r\n",
      "\r\n\r\n",
      "x",
      "13 bytes long");

  @TempDir
  private static Path directory;

  private static NatsCluster server;

  @BeforeAll
  static void start() {
    server = NatsServers.start(NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void withoutThePortOneSuchHeaderEndsAllReadingWithoutASign() throws Exception {
    var options = new Options.Builder()
        .server(url())
        .errorListener(new ErrorListener() {})
        .build();
    try (Connection connection = Nats.connect(options);
        var raw = new RawClient(url())) {
      BlockingQueue<Message> arrived = subscribed(connection);
      raw.publish(SUBJECT, RawClient.bytes(STRANGE.get(0)), "1");
      raw.publish(SUBJECT, RawClient.bytes("NATS/1.0\r\nA: b\r\n\r\n"), "2");
      assertThat(arrived.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS)).isNull();
      assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
    }
  }

  @Test
  void withThePortEveryMessageArrivesWhateverItsHeaders() throws Exception {
    try (Connection connection = connected();
        var raw = new RawClient(url())) {
      BlockingQueue<Message> arrived = subscribed(connection);
      for (String headers : STRANGE) {
        raw.publish(SUBJECT, RawClient.bytes(headers), headers);
        raw.publish(SUBJECT, RawClient.bytes("NATS/1.0\r\nA: b\r\n\r\n"), "after");
        assertThat(payload(arrived)).isEqualTo(headers);
        Message after = next(arrived);
        assertThat(after.getHeaders().get("A")).containsExactly("b");
      }
      assertThat(connection.getStatistics().getReconnects()).isZero();
    }
  }

  @Test
  void aReaderCanTellThatAValueWasChanged() throws Exception {
    try (Connection connection = connected();
        var raw = new RawClient(url())) {
      BlockingQueue<Message> arrived = subscribed(connection);
      raw.publish(SUBJECT, RawClient.bytes("NATS/1.0\r\nX: J\u00fcrgen\r\nY: z\r\n\r\n"), "");
      Message message = next(arrived);
      assertThat(AsciiHeaders.maybeChanged(message.getHeaders())).isTrue();
      assertThat(message.getHeaders().get("X")).containsExactly("J\u007F\u007Frgen");
      assertThat(message.getHeaders().get("Y")).containsExactly("z");
    }
  }

  @Test
  void subjectsThatAreNotAsciiArriveAsTheyAre() throws Exception {
    try (Connection connection = connected();
        var raw = new RawClient(url())) {
      var arrived = new LinkedBlockingQueue<Message>();
      connection.createDispatcher(arrived::add).subscribe(SUBJECT + ".>");
      connection.flush(Duration.ofSeconds(5));
      raw.publish(SUBJECT + ".k.\u00e4", RawClient.bytes("NATS/1.0\r\n\r\n"), "");
      assertThat(next(arrived).getSubject()).isEqualTo(SUBJECT + ".k.\u00e4");
    }
  }

  private static Connection connected() {
    var settings = Settings.of(Map.of(NatsAddresses.URL, url()));
    return new NatsConnector(NatsConfig.of(settings))
        .connect(new NatsHooks("test", (c, e) -> {}, new ErrorListener() {}));
  }

  private static BlockingQueue<Message> subscribed(Connection connection) throws Exception {
    var arrived = new LinkedBlockingQueue<Message>();
    connection.createDispatcher(arrived::add).subscribe(SUBJECT);
    connection.flush(Duration.ofSeconds(5));
    return arrived;
  }

  private static String payload(BlockingQueue<Message> arrived) {
    return new String(next(arrived).getData(), StandardCharsets.UTF_8);
  }

  private static Message next(BlockingQueue<Message> arrived) {
    return await().atMost(Duration.ofSeconds(10)).until(arrived::poll, message -> message != null);
  }

  private static String url() {
    return server.nodes().get(0).url();
  }
}
