package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.Connecting.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.DriverException;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way of TLS, and each mistake, against a real server. */
class TlsTest {

  private static final String URL = NatsAddresses.URL;

  @TempDir
  private static Path files;

  private static Certificates certificates;
  private static String authority;
  private static String other;

  @TempDir
  private Path directory;

  private @Nullable NatsCluster server;

  @BeforeAll
  static void make() throws Exception {
    certificates = new Certificates(files);
    authority = certificates.authority("ca").toString();
    other = certificates.authority("other-ca").toString();
    certificates.signed("server", "ca", "-ext", "san=dns:localhost");
    certificates.signed("elsewhere", "ca", "-ext", "san=dns:nats.example.org");
    certificates.expired("old", "ca", "-ext", "san=dns:localhost");
    certificates.signed("client", "ca");
    certificates.signed("stranger", "other-ca");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theSchemeTlsEncrypts() throws Exception {
    String url = start("server", "");
    Connecting.works(settings(URL, url, NatsTls.CA_FILE, authority));
  }

  @Test
  void anAuthorityIsEnoughToEncrypt() throws Exception {
    String url = start("server", "").replace("tls:", "nats:");
    Connecting.works(settings(URL, url, NatsTls.CA_FILE, authority));
  }

  @Test
  void aClientCertificateIsShown() throws Exception {
    String url = start("server", "verify: true, ca_file: \"" + authority + "\"");
    Connecting.works(withClient("client", settings(URL, url, NatsTls.CA_FILE, authority)));
  }

  @Test
  void theHandshakeMayComeFirst() throws Exception {
    String url = start("server", "handshake_first: true");
    Connecting.works(settings(URL, url, NatsTls.CA_FILE, authority, NatsTls.FIRST, "true"));
  }

  @Test
  void websocketsAreEncryptedAndCheckedToo() throws Exception {
    int port = freePort();
    startWith("websocket { listen: \"127.0.0.1:%d\", tls { cert_file: \"%s\", key_file: \"%s\" } }"
        .formatted(port, files.resolve("server.pem"), certificates.key("server")));
    Connecting.works(settings(URL, "wss://localhost:" + port, NatsTls.CA_FILE, authority));
    fails(
        NatsError.TLS_UNTRUSTED,
        settings(URL, "wss://127.0.0.1:" + port, NatsTls.CA_FILE, authority),
        "127.0.0.1");
  }

  @Test
  void aPrivateAuthorityIsToldWhereNoneIsGiven() {
    String url = start("server", "");
    fails(NatsError.TLS_UNTRUSTED, settings(URL, url), NatsTls.CA_FILE, url);
  }

  @Test
  void theWrongAuthorityIsTold() {
    String url = start("server", "");
    fails(NatsError.TLS_UNTRUSTED, settings(URL, url, NatsTls.CA_FILE, other), other, url);
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() {
    String url = start("elsewhere", "");
    fails(NatsError.TLS_UNTRUSTED, settings(URL, url, NatsTls.CA_FILE, authority), "localhost");
  }

  @Test
  void anExpiredCertificateIsTold() {
    String url = start("old", "");
    fails(NatsError.TLS_UNTRUSTED, settings(URL, url, NatsTls.CA_FILE, authority), "expired");
  }

  @Test
  void aServerThatDemandsTlsIsToldWhereNoneIsSet() {
    String url = start("server", "").replace("tls:", "nats:");
    fails(NatsError.TLS_REQUIRED, settings(URL, url), "tls://", NatsTls.CA_FILE);
  }

  @Test
  void aServerWithoutTlsIsToldWhereItIsAskedFor() {
    String url = startPlain();
    fails(NatsError.TLS_NOT_OFFERED, settings(URL, "tls://" + url), URL);
    fails(
        NatsError.TLS_NOT_OFFERED,
        settings(URL, "nats://" + url, NatsTls.CA_FILE, authority),
        NatsTls.CA_FILE);
  }

  @Test
  void aHandshakeThatComesFirstOnOneSideAloneIsTold() {
    fails(
        NatsError.TLS_NOT_OFFERED,
        settings(URL, start("server", ""), NatsTls.CA_FILE, authority, NatsTls.FIRST, "true"),
        NatsTls.FIRST);
  }

  @Test
  void aServerThatWantsTheHandshakeFirstIsTold() {
    String url = start("server", "handshake_first: true, timeout: 1");
    fails(NatsError.NOT_NATS, settings(URL, url, NatsTls.CA_FILE, authority), NatsTls.FIRST);
  }

  @Test
  void aMissingClientCertificateIsTold() {
    String url = start("server", "verify: true, ca_file: \"" + authority + "\"");
    fails(
        NatsError.TLS_CLIENT_CERTIFICATE,
        settings(URL, url, NatsTls.CA_FILE, authority),
        NatsTls.CERT_FILE,
        NatsTls.KEY_FILE);
  }

  @Test
  void aClientCertificateOfAnotherAuthorityIsTold() {
    String url = start("server", "verify: true, ca_file: \"" + authority + "\"");
    fails(
        NatsError.TLS_CLIENT_CERTIFICATE,
        withClient("stranger", settings(URL, url, NatsTls.CA_FILE, authority)),
        NatsTls.CERT_FILE,
        "stranger.pem");
  }

  private static Map<String, String> withClient(String name, Map<String, String> settings) {
    settings.put(NatsTls.CERT_FILE, files.resolve(name + ".pem").toString());
    settings.put(NatsTls.KEY_FILE, certificates.key(name).toString());
    return settings;
  }

  private static void fails(NatsError code, Map<String, String> settings, String... texts) {
    DriverException failure = Connecting.fails(code, settings);
    assertThat(failure.getMessage()).contains(texts);
  }

  private String start(String name, String more) {
    String config = "tls { cert_file: \"%s\", key_file: \"%s\" %s }"
        .formatted(
            files.resolve(name + ".pem"),
            certificates.key(name),
            more.isEmpty() ? "" : ", " + more);
    return "tls://" + startWith(config).replace("127.0.0.1", "localhost");
  }

  private String startPlain() {
    return startWith("");
  }

  private String startWith(String config) {
    server = NatsServers.start(
        NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE).withExtraConfig(config));
    return server.nodes().get(0).url().substring("nats://".length());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
