package dev.eventbus.brokers;

/** Somebody else has a port that a server was to have. */
final class PortTakenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final BrokerException failure;

  PortTakenException(BrokerException failure) {
    super(failure);
    this.failure = failure;
  }

  /** What to throw when no other port will do. */
  BrokerException failure() {
    return failure;
  }
}
