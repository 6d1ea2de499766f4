package dev.eventbus.driver.nats;

import dev.eventbus.SettingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Builds the TLS context from PEM files. */
final class TlsContext {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");
  private static final char[] NO_PASSWORD = {};

  private final NatsTls tls;

  private TlsContext(NatsTls tls) {
    this.tls = tls;
  }

  /**
   * The context.
   *
   * @throws SettingException if a file cannot be used
   */
  static SSLContext of(NatsTls tls) {
    try {
      var built = new TlsContext(tls);
      var context = SSLContext.getInstance("TLS");
      context.init(built.keys(), built.trusted(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("The JDK cannot build a TLS context.", impossible);
    }
  }

  /** Null stands for those of the JDK. */
  private TrustManager @Nullable [] trusted() throws GeneralSecurityException, IOException {
    if (tls.authorities() == null) {
      return null;
    }
    KeyStore store = empty();
    int number = 0;
    for (Certificate authority : certificates(NatsTls.CA_FILE, tls.authorities())) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (tls.certificate() == null || tls.key() == null) {
      return null;
    }
    Certificate[] chain =
        certificates(NatsTls.CERT_FILE, tls.certificate()).toArray(Certificate[]::new);
    PrivateKey key = key(tls.key(), chain[0]);
    KeyStore store = empty();
    store.setKeyEntry("client", key, NO_PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String setting, Path file) {
    byte[] pem = SettingFiles.text(setting, file).getBytes(StandardCharsets.ISO_8859_1);
    try {
      var found = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException unreadable) {
      // told below
    }
    throw new SettingException(
        setting, "names the file " + file + ", which holds no certificate in PEM form.");
  }

  private static PrivateKey key(Path file, Certificate certificate) {
    String text = SettingFiles.text(NatsTls.KEY_FILE, file);
    Matcher match = KEY.matcher(text);
    if (!match.find()) {
      throw new SettingException(
          NatsTls.KEY_FILE,
          "names the file " + file + ", which holds no key in PKCS 8 form without a password"
              + " (BEGIN PRIVATE KEY): make one with openssl pkcs8 -topk8 -nocrypt -in old.pem"
              + " -out new.pem.");
    }
    for (String algorithm : ALGORITHMS) {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(match.group(1));
        PrivateKey key =
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        if (KeyPairCheck.belongTogether(key, certificate.getPublicKey())) {
          return key;
        }
        break;
      } catch (InvalidKeySpecException | IllegalArgumentException anotherKind) {
        // the next one is tried
      } catch (GeneralSecurityException missing) {
        // a JDK without it
      }
    }
    throw new SettingException(
        NatsTls.KEY_FILE,
        "names the file " + file + ", whose key does not belong to the certificate of "
            + NatsTls.CERT_FILE + ", or is of an unknown kind.");
  }
}
