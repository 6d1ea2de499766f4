package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the client meets beside its calls. */
final class ConnectionErrors implements ErrorListener {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionErrors.class);

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.warn("nats-server says: {}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.debug("The NATS client met an exception", exception);
  }
}
