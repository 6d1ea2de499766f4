package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Finds out why a TLS handshake failed. */
final class TlsDiagnosis {

  private final NatsConfig config;
  private final List<Throwable> failures;
  private final SSLException failure;

  TlsDiagnosis(NatsConfig config, List<Throwable> failures, SSLException failure) {
    this.config = config;
    this.failures = failures;
    this.failure = failure;
  }

  DriverException find() {
    String where = config.addresses().toString();
    String said = String.valueOf(failure.getMessage());
    if (has(CertificateExpiredException.class) || has(CertificateNotYetValidException.class)) {
      return failed(
          NatsError.TLS_UNTRUSTED,
          "The certificate of the NATS server at " + where
              + " has expired or is not valid yet: renew it, or check the clocks.");
    }
    if (has(CertPathBuilderException.class) || said.contains("PKIX")) {
      return failed(NatsError.TLS_UNTRUSTED, untrusted(where));
    }
    if (said.contains("subject alternative") || said.contains("No name matching")) {
      return failed(
          NatsError.TLS_UNTRUSTED,
          "The certificate of the NATS server at " + where + " is not made out for this host ("
              + said + "): use a host name that it has, or have one made with this name.");
    }
    if (said.contains("fatal alert")) {
      return alert(where, said.toLowerCase(Locale.ROOT));
    }
    if (config.tls().first() && said.contains("unrecognized SSL message")) {
      return failed(
          NatsError.TLS_NOT_OFFERED,
          "The NATS server at " + where + " does not begin with the TLS handshake, as "
              + NatsTls.FIRST + " asks for: unset it, or set handshake_first in the server's tls"
              + " block.");
    }
    return failed(
        NatsError.TLS_FAILED,
        "The TLS handshake with the NATS server at " + where + " failed: " + said
            + ". Check the server's log and the settings NATS_TLS_….");
  }

  private String untrusted(String where) {
    return config.tls().authorities() == null
        ? "The certificate of the NATS server at " + where + " is signed by no authority that the"
            + " JDK trusts: give the authority's certificate in " + NatsTls.CA_FILE + "."
        : "The certificate of the NATS server at " + where + " is not signed by an authority in "
            + config.tls().authorities() + " (" + NatsTls.CA_FILE + "): give the right one.";
  }

  private DriverException alert(String where, String said) {
    if (said.contains("certificate") || said.contains("unknown_ca") || said.contains("handshake")) {
      return failed(
          NatsError.TLS_CLIENT_CERTIFICATE,
          config.tls().certificate() == null
              ? "The NATS server at " + where + " asks for a client certificate: set "
                  + NatsTls.CERT_FILE + " and " + NatsTls.KEY_FILE + " (" + said + ")."
              : "The NATS server at " + where + " does not accept the client certificate "
                  + config.tls().certificate() + " (" + NatsTls.CERT_FILE + "; " + said
                  + "): have one signed by the authority that it trusts.");
    }
    return failed(
        NatsError.TLS_FAILED,
        "The NATS server at " + where + " ended the TLS handshake: " + said
            + ". Check its log, and which versions of TLS it takes.");
  }

  private boolean has(Class<? extends Throwable> type) {
    return failures.stream().anyMatch(type::isInstance);
  }

  private DriverException failed(NatsError code, String text) {
    return new DriverException(code, text, failure);
  }
}
