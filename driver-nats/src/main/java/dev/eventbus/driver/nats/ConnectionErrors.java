package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what the client meets beside its calls, and logs it. */
final class ConnectionErrors implements ErrorListener {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionErrors.class);

  private final Consumer<Denial> denied;

  /** {@code denied} is told what the user may not do, on a thread of the client. */
  ConnectionErrors(Consumer<Denial> denied) {
    this.denied = denied;
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.warn("nats-server says: {}", error);
    Denial denial = Denial.read(error);
    if (denial != null) {
      denied.accept(denial);
    }
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.debug("The NATS client met an exception", exception);
  }
}
