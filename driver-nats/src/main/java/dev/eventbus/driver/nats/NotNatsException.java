package dev.eventbus.driver.nats;

import java.io.IOException;

/** What answers at an address is no NATS server. */
final class NotNatsException extends IOException {
  private static final long serialVersionUID = 1L;

  NotNatsException(String text) {
    super(text);
  }
}
