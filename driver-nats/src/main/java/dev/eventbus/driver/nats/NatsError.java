package dev.eventbus.driver.nats;

import dev.eventbus.ErrorCode;

/** The failures of this driver; docs/errors.md has a part for each. */
enum NatsError implements ErrorCode {
  /** Nothing answers at any of the addresses. */
  UNREACHABLE("nats-unreachable"),
  /** What answers is no NATS server, or it says nothing in time. */
  NOT_NATS("nats-not-nats"),
  /** The server refuses the credentials, or asks for some. */
  AUTHENTICATION("nats-authentication"),
  /** The JWT has expired or is not valid yet. */
  CREDENTIALS_EXPIRED("nats-credentials-expired"),
  /** The server takes TLS connections only, or only after a TLS handshake. */
  TLS_REQUIRED("nats-tls-required"),
  /** TLS is asked for and the server has none. */
  TLS_NOT_OFFERED("nats-tls-not-offered"),
  /** The server's certificate is not trusted, has expired or belongs to another host. */
  TLS_UNTRUSTED("nats-tls-untrusted"),
  /** The server asks for a client certificate, or does not accept ours. */
  TLS_CLIENT_CERTIFICATE("nats-tls-client-certificate"),
  /** The TLS handshake failed for another reason. */
  TLS_FAILED("nats-tls-failed"),
  /** The server ended the connection for another reason. */
  REFUSED("nats-refused"),
  /** The driver has been closed. */
  CLOSED("nats-closed");

  private final String id;

  NatsError(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
