package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects on a thread of its own. The client, once a server has ended a connection that it had not
 * accepted yet, waits for the rest of the time nevertheless; an interrupt makes it go on to the next
 * server, or fail. The caller's own interrupts stay out of that.
 */
final class FirstConnect {

  private static final Logger LOG = LoggerFactory.getLogger(FirstConnect.class);

  private final Options options;
  private final CompletableFuture<Connection> result = new CompletableFuture<>();
  private final Thread thread;

  FirstConnect(Options options, String name, ConnectFacts facts) {
    this.options = options;
    this.thread = new Thread(this::connect, name + "-connect");
    facts.interruptWhenEnded(thread);
  }

  /**
   * The connection.
   *
   * @throws IOException if no server accepted one
   * @throws InterruptedException if the caller was interrupted; the attempt ends by itself
   */
  Connection await() throws IOException, InterruptedException {
    thread.start();
    try {
      Connection connection = result.get();
      thread.join();
      return connection;
    } catch (InterruptedException interrupted) {
      var unused = result.whenComplete((connection, failure) -> close(connection));
      thread.interrupt();
      throw interrupted;
    } catch (ExecutionException failure) {
      thread.join();
      throw new IOException(failure.getCause());
    }
  }

  private void connect() {
    try {
      result.complete(Nats.connect(options));
    } catch (IOException | InterruptedException | RuntimeException failure) {
      result.completeExceptionally(failure);
    }
  }

  private static void close(@Nullable Connection unwanted) {
    if (unwanted == null) {
      return;
    }
    boolean cleared = Thread.interrupted(); // else the client would not end its threads
    LOG.debug("Closing a connection that nobody waits for any more (interrupted: {})", cleared);
    try {
      unwanted.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
