package dev.eventbus.brokers;

import org.jspecify.annotations.Nullable;

/** A broker could not be found, started or asked; the text names the setting and the mend. */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerException(String text) {
    this(text, null);
  }

  BrokerException(String text, @Nullable Throwable cause) {
    super(text, cause);
  }
}
