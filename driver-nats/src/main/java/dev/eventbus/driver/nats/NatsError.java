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
  /** The server is too old. */
  TOO_OLD("nats-too-old"),
  /** The server or the account has no JetStream. */
  NO_JETSTREAM("nats-no-jetstream"),
  /** JetStream does not answer. */
  UNAVAILABLE("nats-unavailable"),
  /** A stream of the topic's name or subjects is there and does not fit. */
  TOPIC_MISFIT("nats-topic-misfit"),
  /** The topic was deleted, or deleted and created again, under a running bus. */
  TOPIC_GONE("nats-topic-gone"),
  /** The group's consumers were deleted under a running member. */
  GROUP_GONE("nats-group-gone"),
  /** More replicas are asked for than there are nodes. */
  REPLICAS("nats-replicas"),
  /** JetStream has no room left. */
  NO_SPACE("nats-no-space"),
  /** A limit of the account or stream is reached. */
  LIMIT("nats-limit"),
  /** The user may not do this. */
  PERMISSION("nats-permission"),
  /** There is no such topic or group. */
  NOT_FOUND("nats-not-found"),
  /** The group has a live member. */
  GROUP_BUSY("nats-group-busy"),
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
