package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import dev.eventbus.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is known about TLS.
 *
 * @param authorities PEM file of the authorities that are trusted; null: those of the JDK
 * @param certificate PEM file of this client's certificate; null: none
 * @param key PEM file of its key; set where the certificate is
 * @param first whether the handshake comes before the server's first word
 */
record NatsTls(
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path key,
    boolean first) {

  static final String CA_FILE = "NATS_TLS_CA_FILE";
  static final String CERT_FILE = "NATS_TLS_CERT_FILE";
  static final String KEY_FILE = "NATS_TLS_KEY_FILE";
  static final String FIRST = "NATS_TLS_FIRST";

  static NatsTls of(Settings settings) {
    var certificate = path(settings, CERT_FILE);
    var key = path(settings, KEY_FILE);
    if ((certificate == null) != (key == null)) {
      throw new SettingException(
          certificate == null ? KEY_FILE : CERT_FILE,
          "is set without " + (certificate == null ? CERT_FILE : KEY_FILE)
              + ": a client certificate needs both.");
    }
    return new NatsTls(path(settings, CA_FILE), certificate, key, settings.flag(FIRST, false));
  }

  private static @Nullable Path path(Settings settings, String name) {
    String value = settings.find(name);
    return value == null ? null : SettingFiles.path(name, value);
  }

  /** Whether one of the settings asks for TLS, whatever the addresses say. */
  boolean asked() {
    return authorities != null || certificate != null || first;
  }
}
