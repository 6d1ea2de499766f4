package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.Connecting.SECRET;
import static dev.eventbus.driver.nats.Connecting.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import io.nats.client.NKey;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatsConfigTest {

  private static final String URL = NatsAddresses.URL;

  @TempDir
  private Path directory;

  @Test
  void theDefaultsAreThoseOfTheDocuments() {
    NatsConfig config = config(URL, "localhost");
    assertThat(config.addresses()).hasToString("nats://localhost:4222 (NATS_SERVER_URL)");
    assertThat(config.timing())
        .isEqualTo(new NatsTiming(Duration.ofSeconds(5), Duration.ofSeconds(2), -1));
    assertThat(config.topics()).isEqualTo(new TopicPolicy(null, null, null, null));
    assertThat(config.topics().retentionAgeOrDefault()).isEqualTo(Duration.ofDays(7));
    assertThat(config.topics().retentionBytesOrDefault()).isEqualTo(-1);
    assertThat(config.topics().storageOrDefault()).isEqualTo(StorageType.File);
    assertThat(config.jetStream()).isEqualTo(JetStreamChoice.UNSET);
    assertThat(config.credentials()).isEqualTo(new NatsCredentials.None());
    assertThat(config.encrypted()).isFalse();
    assertThat(config.inboxPrefix()).isNull();
    assertThat(config.options().values()).isEmpty();
  }

  @Test
  void everySettingIsRead() {
    NatsConfig config = config(
        URL,
        "nats://a:1, tls://b ,c,[::1]:7,",
        TopicPolicy.REPLICAS,
        "3",
        TopicPolicy.RETENTION_AGE,
        "1h",
        TopicPolicy.RETENTION_BYTES,
        "1GiB",
        TopicPolicy.STORAGE,
        "Memory",
        JetStreamChoice.SETTING,
        "false",
        NatsConfig.INBOX_PREFIX,
        "_INBOX.shop",
        NatsTiming.CONNECT_TIMEOUT,
        "1s",
        NatsTiming.RECONNECT_WAIT,
        "100ms",
        NatsTiming.MAX_RECONNECTS,
        "7",
        "NATS_OPT_pingInterval",
        "20s",
        "NATS_OPT_noRandomize",
        "true");
    assertThat(config.addresses())
        .hasToString("nats://a:1, tls://b:4222, nats://c:4222, nats://[::1]:7 (NATS_SERVER_URL)");
    assertThat(config.encrypted()).isTrue();
    assertThat(config.topics())
        .isEqualTo(new TopicPolicy(3, Duration.ofHours(1), 1L << 30, StorageType.Memory));
    assertThat(config.jetStream()).isEqualTo(JetStreamChoice.OFF);
    assertThat(config.timing())
        .isEqualTo(new NatsTiming(Duration.ofSeconds(1), Duration.ofMillis(100), 7));
    var options =
        new Options.Builder().properties(config.options().properties()).build();
    assertThat(options.getPingInterval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.isNoRandomize()).isTrue();
  }

  @Test
  void theGeneralAddressIsUsedWhereThereIsNoneForNats() {
    assertThat(config(NatsAddresses.NAME_SERVER, "x").addresses())
        .hasToString("nats://x:4222 (MQ_NAME_SERVER)");
    assertThat(config(NatsAddresses.NAME_SERVER, "x", URL, "y").addresses())
        .hasToString("nats://y:4222 (NATS_SERVER_URL)");
    refused(URL, "FOO", "bar").hasMessageContaining(NatsAddresses.NAME_SERVER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "nats://",
        "http://a",
        "nats://jo:" + SECRET + "@",
        "nats://jo:" + SECRET + "@a b",
        "nats://jo:" + SECRET + "%zz@a",
        "nats://jo:" + SECRET + "@a,nats://al:x@b",
        "nats://a,nats://jo:" + SECRET + "@b",
        "ws://a,nats://b",
        "opentls://a"
      })
  void anAddressThatCannotBeUsedIsToldWithoutShowingASecret(String url) {
    refused(URL, URL, url);
  }

  @Test
  void theSchemeThatTrustsEverybodyIsRefusedWithAWayOut() {
    refused(URL, URL, "opentls://a").hasMessageContaining(NatsTls.CA_FILE);
  }

  @Test
  void twoWaysToSayWhoOneIsContradict() {
    refused(
            CredentialSettings.USERNAME,
            URL,
            "a",
            CredentialSettings.TOKEN,
            SECRET,
            CredentialSettings.USERNAME,
            "jo",
            CredentialSettings.PASSWORD,
            SECRET)
        .hasMessageContaining(CredentialSettings.TOKEN)
        .hasMessageContaining(CredentialSettings.USERNAME);
    refused(CredentialSettings.TOKEN, URL, "jo:" + SECRET + "@a", CredentialSettings.TOKEN, SECRET)
        .hasMessageContaining("user info in " + URL);
    refused(
            CredentialSettings.NKEY_SEED,
            URL,
            "a",
            CredentialSettings.CREDS_FILE,
            "x",
            CredentialSettings.NKEY_SEED,
            SECRET)
        .hasMessageContaining(CredentialSettings.CREDS_FILE);
  }

  @Test
  void halfOfAPairIsTold() {
    refused(CredentialSettings.USERNAME, URL, "a", CredentialSettings.USERNAME, "jo")
        .hasMessageContaining(CredentialSettings.PASSWORD);
    refused(CredentialSettings.PASSWORD, URL, "a", CredentialSettings.PASSWORD, SECRET)
        .hasMessageContaining(CredentialSettings.USERNAME);
    refused(NatsTls.CERT_FILE, URL, "a", NatsTls.CERT_FILE, "c.pem")
        .hasMessageContaining(NatsTls.KEY_FILE);
    refused(NatsTls.KEY_FILE, URL, "a", NatsTls.KEY_FILE, "k.pem")
        .hasMessageContaining(NatsTls.CERT_FILE);
  }

  @Test
  void keysThatCannotBeUsedAreTold() throws Exception {
    NKey user = NKey.createUser(null);
    String jwt = new OperatorMode().user(user);
    refused(CredentialSettings.JWT_TOKEN, URL, "a", CredentialSettings.JWT_TOKEN, jwt)
        .hasMessageContaining(CredentialSettings.NKEY_SEED);
    refused(CredentialSettings.JWT_TOKEN, URL, "a", CredentialSettings.JWT_TOKEN, "no/such.creds")
        .hasMessageContaining("no/such.creds");
    refused(CredentialSettings.NKEY_SEED, URL, "a", CredentialSettings.NKEY_SEED, "SU" + SECRET);
    String account = new String(NKey.createAccount(null).getSeed());
    refused(CredentialSettings.NKEY_SEED, URL, "a", CredentialSettings.NKEY_SEED, account)
        .hasMessageNotContaining(account);
    Path empty = Files.createFile(directory.resolve("empty.creds"));
    refused(CredentialSettings.CREDS_FILE, URL, "a", CredentialSettings.CREDS_FILE, empty + "");
    refused(CredentialSettings.CREDS_FILE, URL, "a", CredentialSettings.CREDS_FILE, directory + "")
        .hasMessageContaining("folder");
    refused(
        CredentialSettings.NKEY_SEED,
        URL,
        "a",
        CredentialSettings.JWT_TOKEN,
        OperatorMode.creds(jwt, user),
        CredentialSettings.NKEY_SEED,
        new String(user.getSeed()));
  }

  @Test
  void optionsThatBelongToTheDriverAreRefusedWithThoseThatMayBeSet() {
    for (String name : new String[] {"noEcho", "dataPortType", "reconnectBufferSize", "x"}) {
      refused("NATS_OPT_" + name, URL, "a", "NATS_OPT_" + name, "1")
          .hasMessageContaining("pingInterval")
          .hasMessageContaining("maxPingsOut");
    }
    refused("NATS_OPT_pingInterval", URL, "a", "NATS_OPT_pingInterval", "soon");
    refused("NATS_OPT_hostnameResolveMode", URL, "a", "NATS_OPT_hostnameResolveMode", "x")
        .hasMessageContaining("ResolveToAll");
  }

  @Test
  void otherValuesThatCannotBeUsedAreTold() {
    refused(TopicPolicy.STORAGE, URL, "a", TopicPolicy.STORAGE, "tape");
    refused(TopicPolicy.REPLICAS, URL, "a", TopicPolicy.REPLICAS, "6");
    refused(NatsTiming.MAX_RECONNECTS, URL, "a", NatsTiming.MAX_RECONNECTS, "-2");
    refused(NatsConfig.INBOX_PREFIX, URL, "a", NatsConfig.INBOX_PREFIX, "a.>");
    refused(JetStreamChoice.SETTING, URL, "a", JetStreamChoice.SETTING, "maybe");
  }

  @Test
  void noTextOfItShowsASecret() {
    for (var settings : List.of(
        settings(URL, "jo:" + SECRET + "@a"),
        settings(URL, SECRET + "@a"),
        settings(URL, "a", CredentialSettings.TOKEN, SECRET),
        settings(
            URL, "a", CredentialSettings.USERNAME, "jo", CredentialSettings.PASSWORD, SECRET))) {
      assertThat(NatsConfig.of(Settings.of(settings)).toString())
          .doesNotContain(SECRET)
          .contains("nats://a:4222");
    }
  }

  @Test
  void filesOfTlsThatCannotBeUsedAreTold() throws Exception {
    Path text = Files.writeString(directory.resolve("a.pem"), "nothing");
    for (String[] pair : new String[][] {
      {NatsTls.CA_FILE, text.toString()}, {NatsTls.CA_FILE, directory.resolve("none") + ""}
    }) {
      NatsConfig config = config(URL, "a", pair[0], pair[1]);
      var failure = catchThrowableOfType(SettingException.class, () -> TlsContext.of(config.tls()));
      assertThat(failure).hasMessageContaining(pair[0]).hasMessageContaining(pair[1]);
    }
  }

  private static NatsConfig config(String... settings) {
    return NatsConfig.of(Settings.of(settings(settings)));
  }

  private static AbstractThrowableAssert<?, SettingException> refused(
      String setting, String... settings) {
    var failure = catchThrowableOfType(SettingException.class, () -> config(settings));
    assertThat(failure).isNotNull();
    assertThat(failure.setting()).isEqualTo(setting);
    Connecting.showsNoSecret(failure);
    return assertThat(failure);
  }
}
