package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.driver.nats.NatsCredentials.Keys;
import dev.eventbus.driver.nats.NatsCredentials.None;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Finds out why there is no connection, from what was heard while it was tried. */
final class Diagnosis {

  private final NatsConfig config;
  private final List<Throwable> failures = new ArrayList<>();
  private final List<String> serverErrors;
  private final boolean greeted;

  Diagnosis(NatsConfig config, ConnectFacts facts) {
    this.config = config;
    this.serverErrors = facts.serverErrors();
    this.greeted = facts.greeted();
    for (Throwable failure : facts.failures()) {
      for (Throwable at = failure; at != null && failures.size() < 100; at = at.getCause()) {
        failures.add(at);
      }
    }
  }

  /** The most telling failure: of two addresses one may be dead and the other refuse us. */
  DriverException find() {
    String where = config.addresses().toString();
    if (!serverErrors.isEmpty()) {
      return refused(where, serverErrors.get(serverErrors.size() - 1));
    }
    if (said("SSL required by server")) {
      return failed(
          NatsError.TLS_REQUIRED,
          "The NATS server at " + where + " takes TLS connections only: write tls:// in place of"
              + " nats://" + authorityHint() + ".");
    }
    if (said("SSL connection wanted by client")) {
      return failed(
          NatsError.TLS_NOT_OFFERED,
          "The NATS server at " + where + " offers no TLS, but " + tlsSetting()
              + " asks for it: configure TLS on the server, or write nats:// and unset it.");
    }
    var ssl = first(SSLException.class);
    if (ssl.isPresent()) {
      return new TlsDiagnosis(config, failures, ssl.get()).find();
    }
    return unanswered(where);
  }

  private DriverException refused(String where, String said) {
    String text = said.toLowerCase(Locale.ROOT);
    String settings = config.credentials().settings();
    if (!text.contains("authorization") && !text.contains("authentication")) {
      return failed(
          NatsError.REFUSED,
          "The NATS server at " + where + " ended the connection: " + said + ". See its log.");
    }
    Optional<String> expired = expiry(text);
    if (expired.isPresent()) {
      return failed(
          NatsError.CREDENTIALS_EXPIRED,
          "The NATS server at " + where + " refuses the credentials of " + settings + ": "
              + expired.get());
    }
    if (config.credentials() instanceof None) {
      return failed(
          NatsError.AUTHENTICATION,
          "The NATS server at " + where + " asks for credentials and none are set: set "
              + CredentialSettings.CREDS_FILE + ", " + CredentialSettings.TOKEN + ", "
              + CredentialSettings.NKEY_SEED + ", or " + CredentialSettings.USERNAME + " and "
              + CredentialSettings.PASSWORD + " (it said: " + said + ").");
    }
    return failed(
        NatsError.AUTHENTICATION,
        "The NATS server at " + where + " refuses the credentials of " + settings + " (it said: "
            + said + "): check them, and that this server knows them.");
  }

  private Optional<String> expiry(String said) {
    if (config.credentials() instanceof Keys keys && keys.jwt() != null) {
      JwtClaims claims = JwtClaims.of(keys.jwt());
      if (claims.expires() != null && !claims.expires().isAfter(Instant.now())) {
        return Optional.of("the JWT expired at " + claims.expires() + ". Issue a new one.");
      }
      if (claims.notBefore() != null && claims.notBefore().isAfter(Instant.now())) {
        return Optional.of(
            "the JWT is not valid before " + claims.notBefore() + ". Check the clocks.");
      }
    }
    return said.contains("expired")
        ? Optional.of("the JWT, or that of its account, has expired. Issue a new one.")
        : Optional.empty();
  }

  private DriverException unanswered(String where) {
    Optional<NotNatsException> other = first(NotNatsException.class);
    if (other.isPresent()) {
      return failed(
          NatsError.NOT_NATS,
          "What answers at " + where + " is no NATS server: "
              + other.get().getMessage() + ". Check host and port, and " + NatsTls.FIRST
              + " if the server wants the TLS handshake first.");
    }
    String seconds = config.timing().connectTimeout().toString();
    if (first(UnknownHostException.class).isPresent()) {
      return unreachable(where, "the host is unknown");
    }
    if (first(ConnectException.class).isPresent()
        || first(NoRouteToHostException.class).isPresent()) {
      return unreachable(where, "the connection is refused, or there is no way there");
    }
    if (first(SocketTimeoutException.class).isPresent()) {
      return unreachable(
          where, "no answer within " + seconds + " (" + NatsTiming.CONNECT_TIMEOUT + ")");
    }
    if (greeted) {
      return failed(
          NatsError.REFUSED,
          "The NATS server at " + where + " did not accept the connection within " + seconds + " ("
              + NatsTiming.CONNECT_TIMEOUT + "): see its log.");
    }
    return failed(
        NatsError.NOT_NATS,
        "What answers at " + where + " is no NATS server, or a blocked one: it said nothing within "
            + seconds + " (" + NatsTiming.CONNECT_TIMEOUT + "). Check host and port, and "
            + NatsTls.FIRST + " if the server wants the TLS handshake first.");
  }

  private DriverException unreachable(String where, String why) {
    return failed(
        NatsError.UNREACHABLE,
        "No NATS server answers at " + where + ": " + why
            + ". Start the server, or mend the address.");
  }

  private String authorityHint() {
    return config.tls().authorities() == null
        ? ", and give its authority in " + NatsTls.CA_FILE + " unless the JDK trusts it"
        : "";
  }

  private String tlsSetting() {
    if (config.tls().asked()) {
      return config.tls().authorities() != null
          ? NatsTls.CA_FILE
          : config.tls().first() ? NatsTls.FIRST : NatsTls.CERT_FILE;
    }
    return "the scheme in " + config.addresses().setting();
  }

  private boolean said(String text) {
    return failures.stream()
        .anyMatch(failure -> String.valueOf(failure.getMessage()).contains(text));
  }

  private <T extends Throwable> Optional<T> first(Class<T> type) {
    return failures.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private DriverException failed(NatsError code, String text) {
    return new DriverException(code, text, failures.isEmpty() ? null : failures.get(0));
  }
}
