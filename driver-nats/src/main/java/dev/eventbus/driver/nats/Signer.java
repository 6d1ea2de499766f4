package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.driver.nats.NatsCredentials.Keys;
import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what the server sends, with the keys of the settings. Where they come from a file it is
 * read again at each connect, since credentials are renewed there; while it cannot be read the last
 * good ones stay.
 */
final class Signer implements AuthHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Signer.class);

  private volatile Keys keys;

  Signer(Keys keys) {
    this.keys = keys;
  }

  /** The first call of each connect. */
  @Override
  @SuppressWarnings("NullAway") // the client takes null for none
  public char[] getID() {
    keys = renewed(keys);
    NKey key = key(keys.seed());
    try {
      return key == null ? null : key.getPublicKey();
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("The NKey of " + keys.settings() + " has no public part.");
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the client takes null for none
  public byte[] sign(byte[] nonce) {
    NKey key = key(keys.seed());
    try {
      return key == null ? null : key.sign(nonce);
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("The NKey of " + keys.settings() + " cannot sign.");
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the client takes null for none
  public char[] getJWT() {
    String jwt = keys.jwt();
    return jwt == null ? null : jwt.toCharArray();
  }

  private static @Nullable NKey key(@Nullable String seed) {
    return seed == null ? null : NKey.fromSeed(seed.toCharArray());
  }

  private static Keys renewed(Keys old) {
    Path file = old.file();
    if (file == null) {
      return old;
    }
    try {
      var found = CredentialText.of(SettingFiles.text(old.settings(), file));
      if (found.jwt() != null && found.seed() != null) {
        return new Keys(old.settings(), found.jwt(), found.seed(), file);
      }
      LOG.warn("{} ({}) holds no JWT and seed now; the last ones are used", old.settings(), file);
    } catch (SettingException unreadable) {
      LOG.warn("{} The last credentials are used.", unreadable.getMessage());
    }
    return old;
  }
}
