package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.Connecting.SECRET;
import static dev.eventbus.driver.nats.Connecting.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.DriverException;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to say who one is, against a real server. */
class AuthenticationTest {

  private static final String URL = NatsAddresses.URL;

  @TempDir
  private Path directory;

  private @Nullable NatsCluster server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aTokenIsTaken() throws Exception {
    String url = start("authorization { token: \"" + SECRET + "\" }");
    Connecting.works(settings(URL, url, CredentialSettings.TOKEN, SECRET));
    Connecting.works(settings(URL, url.replace("//", "//" + SECRET + "@")));
  }

  @Test
  void aWrongTokenIsToldWithoutShowingIt() {
    String url = start("authorization { token: \"right\" }");
    refused(settings(URL, url, CredentialSettings.TOKEN, SECRET), CredentialSettings.TOKEN);
    refused(settings(URL, url.replace("//", "//" + SECRET + "@")), "user info in " + URL);
  }

  @Test
  void userAndPasswordAreTaken() throws Exception {
    String url = start("authorization { users = [{user: \"jo\", password: \"" + SECRET + "\"}] }");
    Connecting.works(
        settings(URL, url, CredentialSettings.USERNAME, "jo", CredentialSettings.PASSWORD, SECRET));
    Connecting.works(settings(URL, url.replace("//", "//jo:" + SECRET + "@")));
  }

  @Test
  void aPasswordWithStrangeCharactersIsTakenFromTheUrl() throws Exception {
    String url = start("authorization { users = [{user: \"a b\", password: \"p@:/+%\\\"ö\"}] }");
    Connecting.works(settings(URL, url.replace("//", "//a%20b:p%40%3A%2F+%25%22%C3%B6@")));
  }

  @Test
  void aTokenWithStrangeCharactersIsTaken() throws Exception {
    String url = start("authorization { token: \"a\\\"b\\\\c\" }");
    Connecting.works(settings(URL, url, CredentialSettings.TOKEN, "a\"b\\c"));
  }

  @Test
  void aWrongPasswordIsToldWithoutShowingIt() {
    String url = start("authorization { users = [{user: \"jo\", password: \"right\"}] }");
    refused(
        settings(URL, url, CredentialSettings.USERNAME, "jo", CredentialSettings.PASSWORD, SECRET),
        CredentialSettings.USERNAME);
    refused(settings(URL, url.replace("//", "//jo:" + SECRET + "@")), "user info in " + URL);
  }

  @Test
  void noCredentialsWhereSomeAreNeededIsTold() {
    String url = start("authorization { token: \"right\" }");
    DriverException failure = Connecting.fails(NatsError.AUTHENTICATION, settings(URL, url));
    assertThat(failure).hasMessageContaining(url).hasMessageContaining(CredentialSettings.TOKEN);
  }

  @Test
  void anNkeyIsTakenAsTextAndFromAFile() throws Exception {
    NKey user = NKey.createUser(null);
    String url =
        start("authorization { users = [{nkey: " + new String(user.getPublicKey()) + "}] }");
    Connecting.works(settings(URL, url, CredentialSettings.NKEY_SEED, new String(user.getSeed())));
    Path file = Files.writeString(directory.resolve("user.nk"), new String(user.getSeed()) + "\n");
    Connecting.works(settings(URL, url, CredentialSettings.NKEY_SEED, file.toString()));
  }

  @Test
  void anUnknownNkeyIsToldWithoutShowingItsSeed() throws Exception {
    String url = start("authorization { users = [{nkey: "
        + new String(NKey.createUser(null).getPublicKey()) + "}] }");
    String seed = new String(NKey.createUser(null).getSeed());
    DriverException failure = refused(
        settings(URL, url, CredentialSettings.NKEY_SEED, seed), CredentialSettings.NKEY_SEED);
    assertThat(failure.getMessage()).doesNotContain(seed);
  }

  @Test
  void aUserOfAnAccountIsTakenInEachForm() throws Exception {
    var operator = new OperatorMode();
    String url = start(operator.config());
    NKey user = NKey.createUser(null);
    String jwt = operator.user(user);
    String seed = new String(user.getSeed());
    String creds = OperatorMode.creds(jwt, user);
    Path file = Files.writeString(directory.resolve("user.creds"), creds);
    Path jwtFile = Files.writeString(directory.resolve("user.jwt"), jwt);
    Path seedFile = Files.writeString(directory.resolve("user.nk"), seed);

    Connecting.works(settings(URL, url, CredentialSettings.CREDS_FILE, file.toString()));
    Connecting.works(settings(URL, url, CredentialSettings.JWT_TOKEN, creds));
    Connecting.works(settings(URL, url, CredentialSettings.JWT_TOKEN, creds.replace("\n", "\\n")));
    Connecting.works(settings(URL, url, CredentialSettings.JWT_TOKEN, file.toString()));
    Connecting.works(
        settings(URL, url, CredentialSettings.JWT_TOKEN, jwt, CredentialSettings.NKEY_SEED, seed));
    Connecting.works(settings(
        URL,
        url,
        CredentialSettings.JWT_TOKEN,
        jwtFile.toString(),
        CredentialSettings.NKEY_SEED,
        seedFile.toString()));
    Connecting.works(
        settings(URL, url, CredentialSettings.JWT_TOKEN, operator.bearer(NKey.createUser(null))));
  }

  @Test
  void aUserOfAnotherOperatorIsRefused() throws Exception {
    String url = start(new OperatorMode().config());
    NKey user = NKey.createUser(null);
    String creds = OperatorMode.creds(new OperatorMode().user(user), user);
    DriverException failure = refused(
        settings(URL, url, CredentialSettings.JWT_TOKEN, creds), CredentialSettings.JWT_TOKEN);
    assertThat(failure.getMessage()).doesNotContain("eyJ");
  }

  @Test
  void anExpiredJwtIsTold() throws Exception {
    var operator = new OperatorMode();
    String url = start(operator.config());
    NKey user = NKey.createUser(null);
    String jwt = operator.user(user, Duration.ofHours(2), Duration.ofHours(1));
    DriverException failure = Connecting.fails(
        NatsError.CREDENTIALS_EXPIRED,
        settings(URL, url, CredentialSettings.JWT_TOKEN, OperatorMode.creds(jwt, user)));
    assertThat(failure)
        .hasMessageContaining(CredentialSettings.JWT_TOKEN)
        .hasMessageContaining("expired at 20");
  }

  @Test
  void renewedCredentialsAreReadAgain() throws Exception {
    var operator = new OperatorMode();
    String url = start(operator.config());
    NKey user = NKey.createUser(null);
    NKey next = NKey.createUser(null);
    Path file = directory.resolve("user.creds");
    Files.writeString(file, OperatorMode.creds(operator.user(user), user));
    Connection connection =
        Connecting.to(settings(URL, url, CredentialSettings.CREDS_FILE, file.toString()));
    try {
      Files.writeString(file, OperatorMode.creds(operator.user(next), next));
      connection.forceReconnect();
      var info = connection.request("$SYS.REQ.USER.INFO", new byte[0], Duration.ofSeconds(5));
      assertThat(new String(info.getData(), java.nio.charset.StandardCharsets.UTF_8))
          .contains(new String(next.getPublicKey()));
    } finally {
      connection.close();
    }
  }

  private DriverException refused(Map<String, String> settings, String setting) {
    DriverException failure = Connecting.fails(NatsError.AUTHENTICATION, settings);
    assertThat(failure).hasMessageContaining(setting).hasMessageContaining("127.0.0.1");
    return failure;
  }

  private String start(String config) {
    server = NatsServers.start(
        NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE).withExtraConfig(config));
    return server.nodes().get(0).url();
  }
}
