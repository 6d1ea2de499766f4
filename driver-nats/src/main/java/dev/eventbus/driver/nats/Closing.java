package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Ends a connection without losing what was handed to it. */
final class Closing {

  private static final Duration FLUSH = Duration.ofSeconds(1);

  private Closing() {}

  static void close(Connection connection) {
    try {
      if (connection.getStatus() == Connection.Status.CONNECTED) {
        connection.flush(FLUSH);
      }
    } catch (TimeoutException | RuntimeException broken) {
      // There is nobody to hand it to.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      connection.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
