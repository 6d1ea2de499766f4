package dev.eventbus.driver.nats;

/** The server answered a request with an error. */
final class ServerRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int STREAM_NOT_FOUND = 10059;
  static final int CONSUMER_NOT_FOUND = 10014;
  static final int MESSAGE_NOT_FOUND = 10037;
  static final int WRONG_LAST_SEQUENCE = 10071;
  static final int CONSUMER_EXISTS = 10148;
  static final int STREAM_EXISTS = 10058;
  static final int SUBJECTS_OVERLAP = 10065;

  private final int code;

  /** The text is the server's own. */
  ServerRefusal(int code, String text) {
    super(text + " (" + code + ")");
    this.code = code;
  }

  /** JetStream's error code. */
  int code() {
    return code;
  }

  /** Whether what was asked for does not exist. */
  boolean notFound() {
    return code == STREAM_NOT_FOUND || code == CONSUMER_NOT_FOUND || code == MESSAGE_NOT_FOUND;
  }
}
