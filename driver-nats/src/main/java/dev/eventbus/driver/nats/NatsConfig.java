package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import dev.eventbus.spi.SettingSpec;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say. No part of it shows a secret in its text.
 *
 * @param addresses where the servers are
 * @param credentials who this client is
 * @param tls what is known about TLS
 * @param timing how long and how often to try
 * @param topics how topics that this bus creates are kept
 * @param jetStream whether JetStream is used
 * @param inboxPrefix subjects of replies begin with it and a dot; null: {@code _INBOX}
 * @param options further options of the client
 */
record NatsConfig(
    NatsAddresses addresses,
    NatsCredentials credentials,
    NatsTls tls,
    NatsTiming timing,
    TopicPolicy topics,
    JetStreamChoice jetStream,
    @Nullable String inboxPrefix,
    NatsOptions options) {

  static final String INBOX_PREFIX = "NATS_INBOX_PREFIX";

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  static final List<SettingSpec> SPECS = List.of(
      SettingSpec.open(
          NatsAddresses.URL,
          "",
          "Addresses of the servers with commas: nats://, tls://, ws:// or wss://, host and port"
              + " (4222); user:password@ or token@ before a host is never shown."),
      SettingSpec.open(NatsAddresses.NAME_SERVER, "", "Used when NATS_SERVER_URL is unset."),
      SettingSpec.secret(CredentialSettings.TOKEN, "Token of the server."),
      SettingSpec.open(CredentialSettings.USERNAME, "", "User, with NATS_PASSWORD."),
      SettingSpec.secret(CredentialSettings.PASSWORD, "Password of NATS_USERNAME."),
      SettingSpec.secret(
          CredentialSettings.NKEY_SEED, "Seed of an NKey (SU…), or the path of a file with it."),
      SettingSpec.secret(
          CredentialSettings.JWT_TOKEN,
          "JWT of a user, with NATS_NKEY_SEED; or the text or the path of a .creds file."),
      SettingSpec.open(
          CredentialSettings.CREDS_FILE, "", "Path of a .creds file, read again at each connect."),
      SettingSpec.open(
          NatsTls.CA_FILE,
          "",
          "PEM file of the authorities that are trusted; unset: those of the JDK."),
      SettingSpec.open(NatsTls.CERT_FILE, "", "PEM file of this client's certificate (chain)."),
      SettingSpec.open(NatsTls.KEY_FILE, "", "PEM file of its key, PKCS 8 without a password."),
      SettingSpec.open(
          NatsTls.FIRST,
          "false",
          "Whether the TLS handshake comes first, as the server's handshake_first asks for."),
      SettingSpec.open(
          NatsTiming.CONNECT_TIMEOUT,
          "5s",
          "Time for the first connect, over all addresses together."),
      SettingSpec.open(
          NatsTiming.RECONNECT_WAIT, "2s", "Time between two attempts at the same server."),
      SettingSpec.open(
          NatsTiming.MAX_RECONNECTS,
          "-1",
          "Attempts for each server before the connection is given up; -1: no limit."),
      SettingSpec.open(
          INBOX_PREFIX,
          "_INBOX",
          "Subjects of replies begin with it and a dot; this user must be allowed to subscribe to"
              + " them."),
      SettingSpec.open(
          JetStreamChoice.SETTING,
          "",
          "true: JetStream or an error; false: core NATS, the realtime profile."),
      SettingSpec.open(
          TopicPolicy.REPLICAS, "", "Copies of each topic that this bus creates, 1 to 5."),
      SettingSpec.open(
          TopicPolicy.RETENTION_AGE, "7d", "Events older than this are removed, handled or not."),
      SettingSpec.open(
          TopicPolicy.RETENTION_BYTES,
          "",
          "The oldest events of a topic are removed when it has more bytes, such as 10GiB; unset:"
              + " no limit."),
      SettingSpec.open(
          TopicPolicy.STORAGE,
          "file",
          "Where topics that this bus creates are kept: file or memory."),
      SettingSpec.open(
          NatsOptions.PREFIX + "<name>",
          "",
          "Further options of the client jnats, such as NATS_OPT_pingInterval=20s."));

  static NatsConfig of(Settings settings) {
    NatsAddresses addresses = NatsAddresses.of(settings);
    return new NatsConfig(
        addresses,
        CredentialSettings.read(settings, addresses),
        NatsTls.of(settings),
        NatsTiming.of(settings),
        TopicPolicy.of(settings),
        JetStreamChoice.of(settings),
        inboxPrefix(settings),
        NatsOptions.of(settings));
  }

  private static @Nullable String inboxPrefix(Settings settings) {
    String value = settings.find(INBOX_PREFIX);
    if (value != null && !PREFIX.matcher(value).matches()) {
      throw new SettingException(
          INBOX_PREFIX, value, "letters, digits, _ and -, with dots between them");
    }
    return value;
  }

  /** Whether the connection is encrypted. */
  boolean encrypted() {
    return addresses.secure() || tls.asked();
  }
}
