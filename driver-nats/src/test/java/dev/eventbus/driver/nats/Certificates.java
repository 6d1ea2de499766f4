package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that the JDK's keytool makes now, as PEM files. */
final class Certificates {

  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final Path store;

  Certificates(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("all.p12");
  }

  /** An authority that signs itself. */
  Path authority(String name) throws Exception {
    keytool(name, List.of("-ext", "bc:c=ca:true"), "365");
    return writeCertificate(name);
  }

  /** A certificate that the authority signs; its key lies beside it. */
  Path signed(String name, String authority, String... extensions) throws Exception {
    return signed(name, authority, "365", extensions);
  }

  Path expired(String name, String authority, String... extensions) throws Exception {
    var more = new ArrayList<>(List.of(extensions));
    more.add("-startdate");
    more.add("-10d");
    return signed(name, authority, "5", more.toArray(String[]::new));
  }

  private Path signed(String name, String authority, String days, String... extensions)
      throws Exception {
    var more = new ArrayList<>(List.of("-signer", authority));
    more.addAll(List.of(extensions));
    keytool(name, more, days);
    write(key(name), "PRIVATE KEY", load().getKey(name, PASSWORD.toCharArray()).getEncoded());
    return writeCertificate(name);
  }

  Path key(String name) {
    return directory.resolve(name + ".key");
  }

  private Path writeCertificate(String name) throws GeneralSecurityException, IOException {
    Certificate certificate = load().getCertificate(name);
    return write(directory.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
  }

  private static Path write(Path file, String kind, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void keytool(String name, List<String> more, String days) throws Exception {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        days,
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
