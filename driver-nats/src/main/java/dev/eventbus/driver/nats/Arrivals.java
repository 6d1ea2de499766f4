package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The one thread on which messages for all lanes come in, however many there are. Events are passed
 * on in batches: when no further message waits, or many have come.
 */
final class Arrivals {

  private static final int LARGEST_BATCH = 256;

  private final Dispatcher dispatcher;

  // Used on the dispatcher's thread alone.
  private final Set<Inlet> touched = new LinkedHashSet<>();
  private int waiting;

  Arrivals(Connection connection) {
    dispatcher = connection.createDispatcher();
    // What can come in is bounded by what was asked for.
    dispatcher.setPendingLimits(-1, -1);
  }

  /** Where messages go. */
  interface Inlet {
    /** One message. */
    void message(Message message);

    /** No further message waits. */
    void flush();
  }

  Subscription open(String subject, Inlet inlet) {
    return dispatcher.subscribe(subject, message -> arrived(inlet, message));
  }

  void close(Subscription subscription) {
    if (subscription.isActive()) {
      dispatcher.unsubscribe(subscription);
    }
  }

  private void arrived(Inlet inlet, Message message) {
    inlet.message(message);
    touched.add(inlet);
    if (++waiting >= LARGEST_BATCH || dispatcher.getPendingMessageCount() <= 0) {
      touched.forEach(Inlet::flush);
      touched.clear();
      waiting = 0;
    }
  }
}
