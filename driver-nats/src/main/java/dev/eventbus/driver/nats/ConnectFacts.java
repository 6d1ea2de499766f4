package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.support.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Hears what goes wrong until the first connect has ended, and hands everything on to the listener
 * of the one who connects. Of a failure the client itself says nothing but that it failed.
 */
final class ConnectFacts implements ErrorListener {

  private final ErrorListener next;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<String> serverErrors = new CopyOnWriteArrayList<>();
  private volatile boolean greeted;
  private volatile boolean over;
  private volatile @Nullable Thread connecting;

  ConnectFacts(ErrorListener next) {
    this.next = next;
  }

  /** Nothing is kept from now on. */
  void connected() {
    over = true;
    connecting = null;
    failures.clear();
    serverErrors.clear();
  }

  /** The thread that connects; see {@link FirstConnect}. */
  void interruptWhenEnded(Thread thread) {
    connecting = thread;
  }

  /** The server has ended a connection; whoever waits for it to accept it waits in vain. */
  void sawEnd() {
    Thread waiting = connecting;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** A server has sent its first word. */
  void sawGreeting() {
    greeted = true;
  }

  void sawFailure(Throwable failure) {
    if (!over) {
      failures.add(failure);
    }
  }

  void sawServerError(String error) {
    if (!over) {
      serverErrors.add(error);
    }
  }

  boolean greeted() {
    return greeted;
  }

  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  List<String> serverErrors() {
    return List.copyOf(serverErrors);
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    next.errorOccurred(connection, error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception failure) {
    sawFailure(failure);
    next.exceptionOccurred(connection, failure);
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    next.slowConsumerDetected(connection, consumer);
  }

  @Override
  public void messageDiscarded(Connection connection, Message message) {
    next.messageDiscarded(connection, message);
  }

  @Override
  public void heartbeatAlarm(
      Connection connection,
      JetStreamSubscription subscription,
      long lastStreamSequence,
      long lastConsumerSequence) {
    next.heartbeatAlarm(connection, subscription, lastStreamSequence, lastConsumerSequence);
  }

  @Override
  public void unhandledStatus(
      Connection connection, JetStreamSubscription subscription, Status status) {
    next.unhandledStatus(connection, subscription, status);
  }

  @Override
  public void pullStatusWarning(
      Connection connection, JetStreamSubscription subscription, Status status) {
    next.pullStatusWarning(connection, subscription, status);
  }

  @Override
  public void pullStatusError(
      Connection connection, JetStreamSubscription subscription, Status status) {
    next.pullStatusError(connection, subscription, status);
  }

  @Override
  public void flowControlProcessed(
      Connection connection,
      JetStreamSubscription subscription,
      String subject,
      FlowControlSource source) {
    next.flowControlProcessed(connection, subscription, subject, source);
  }

  @Override
  public void socketWriteTimeout(Connection connection) {
    next.socketWriteTimeout(connection);
  }
}
