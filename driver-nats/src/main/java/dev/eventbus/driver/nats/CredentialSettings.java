package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import io.nats.client.NKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the credentials from the settings; there is one way to say who one is, or none. */
final class CredentialSettings {

  static final String JWT_TOKEN = "NATS_JWT_TOKEN";
  static final String NKEY_SEED = "NATS_NKEY_SEED";
  static final String CREDS_FILE = "NATS_CREDS_FILE";
  static final String USERNAME = "NATS_USERNAME";
  static final String PASSWORD = "NATS_PASSWORD";
  static final String TOKEN = "NATS_TOKEN";

  private final Settings settings;

  private CredentialSettings(Settings settings) {
    this.settings = settings;
  }

  static NatsCredentials read(Settings settings, NatsAddresses addresses) {
    return new CredentialSettings(settings).read(addresses);
  }

  private NatsCredentials read(NatsAddresses addresses) {
    refuseTwoWays(addresses);
    var userInfo = addresses.userInfo();
    if (userInfo != null) {
      String password = userInfo.password();
      String where = "the user info in " + addresses.setting();
      return password == null
          ? new NatsCredentials.Token(where, userInfo.first())
          : new NatsCredentials.UserPassword(where, userInfo.first(), password);
    }
    if (set(TOKEN)) {
      return new NatsCredentials.Token(TOKEN, settings.text(TOKEN, ""));
    }
    if (set(USERNAME) || set(PASSWORD)) {
      return userPassword();
    }
    if (set(CREDS_FILE)) {
      Path path = SettingFiles.path(CREDS_FILE, settings.text(CREDS_FILE, ""));
      return complete(CREDS_FILE, CredentialText.of(SettingFiles.text(CREDS_FILE, path)), path);
    }
    if (set(JWT_TOKEN)) {
      return jwt();
    }
    return set(NKEY_SEED)
        ? new NatsCredentials.Keys(NKEY_SEED, null, seed(), null)
        : new NatsCredentials.None();
  }

  /** JWT and seed together are one way; any other two contradict each other. */
  private void refuseTwoWays(NatsAddresses addresses) {
    var ways = new ArrayList<String>();
    if (addresses.userInfo() != null) {
      ways.add("user info in " + addresses.setting());
    }
    for (var way : List.of(
        List.of(TOKEN),
        List.of(USERNAME, PASSWORD),
        List.of(CREDS_FILE),
        List.of(JWT_TOKEN, NKEY_SEED))) {
      way.stream().filter(this::set).findFirst().ifPresent(ways::add);
    }
    if (ways.size() > 1) {
      throw new SettingException(
          ways.get(1),
          "is set beside " + ways.get(0)
              + ": these are two ways to say who this client is; unset one of them.");
    }
  }

  private NatsCredentials userPassword() {
    if (!set(USERNAME) || !set(PASSWORD)) {
      String missing = set(USERNAME) ? PASSWORD : USERNAME;
      throw new SettingException(
          set(USERNAME) ? USERNAME : PASSWORD, "is set without " + missing + ": set both.");
    }
    return new NatsCredentials.UserPassword(
        USERNAME + " and " + PASSWORD, settings.text(USERNAME, ""), settings.text(PASSWORD, ""));
  }

  private NatsCredentials jwt() {
    String value = settings.text(JWT_TOKEN, "").replace("\\n", "\n");
    if (CredentialText.looksInline(value)) {
      return complete(JWT_TOKEN, CredentialText.of(value), null);
    }
    Path path = SettingFiles.path(JWT_TOKEN, value);
    return complete(JWT_TOKEN, CredentialText.of(SettingFiles.text(JWT_TOKEN, path)), path);
  }

  private NatsCredentials complete(String setting, CredentialText found, @Nullable Path path) {
    String jwt = found.jwt();
    if (jwt == null) {
      throw new SettingException(
          setting,
          "holds no JWT: it must be a .creds file as nsc writes it, with a JWT and a seed.");
    }
    if (found.seed() == null) {
      return withSeedOf(setting, jwt);
    }
    if (set(NKEY_SEED)) {
      throw new SettingException(
          NKEY_SEED, "is set beside " + setting + ", which holds a seed already: unset it.");
    }
    return new NatsCredentials.Keys(setting, jwt, checkedSeed(setting, found.seed()), path);
  }

  private NatsCredentials withSeedOf(String setting, String jwt) {
    if (set(NKEY_SEED)) {
      return new NatsCredentials.Keys(setting + " and " + NKEY_SEED, jwt, seed(), null);
    }
    if (JwtClaims.of(jwt).bearer()) {
      return new NatsCredentials.Keys(setting, jwt, null, null);
    }
    throw new SettingException(
        setting,
        "holds a JWT without a seed: set " + NKEY_SEED + " too, or give the whole .creds file.");
  }

  private String seed() {
    String value = settings.text(NKEY_SEED, "");
    String inline = CredentialText.of(value).seed();
    if (inline != null) {
      return checkedSeed(NKEY_SEED, inline);
    }
    if (value.startsWith("SU")) {
      throw notASeed(NKEY_SEED);
    }
    Path path = SettingFiles.path(NKEY_SEED, value);
    return checkedSeed(
        NKEY_SEED, CredentialText.of(SettingFiles.text(NKEY_SEED, path)).seed());
  }

  private static String checkedSeed(String setting, @Nullable String seed) {
    if (seed != null) {
      try {
        NKey key = NKey.fromSeed(seed.toCharArray());
        boolean ofUser = key.getType() == NKey.Type.USER;
        key.clear();
        if (ofUser) {
          return seed;
        }
      } catch (RuntimeException bad) {
        // told below, without the value
      }
    }
    throw notASeed(setting);
  }

  private static SettingException notASeed(String setting) {
    return new SettingException(
        setting,
        "holds no seed of a user's NKey: it must be 58 characters that begin with SU, or the path"
            + " of a file with them.");
  }

  private boolean set(String name) {
    return settings.find(name) != null;
  }
}
