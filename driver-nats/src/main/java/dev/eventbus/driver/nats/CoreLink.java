package dev.eventbus.driver.nats;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.ConnectionListener;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection as the realtime profile sees it. It is up once the server knows all subscriptions
 * again: the client calls itself connected before that, and what is sent in between may overtake a
 * subscription. Thread-safe.
 */
final class CoreLink {

  private static final Logger LOG = LoggerFactory.getLogger(CoreLink.class);
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final Duration END = Duration.ofSeconds(5);

  private final Connection connection;
  private final ConnectionListener listener = (source, event) -> happened(event);
  private final java.util.function.Consumer<Events> news;

  /** Held by who awaits an answer: the client gives up a connection that owes more than two. */
  private final ReentrantLock answers = new ReentrantLock();

  private final ReentrantLock state = new ReentrantLock();
  private final Condition changed = state.newCondition();
  private volatile boolean resubscribed = true;

  /** {@code news} is told of each event on the client's thread. */
  CoreLink(Connection connection, java.util.function.Consumer<Events> news) {
    this.connection = connection;
    this.news = news;
    connection.addConnectionListener(listener);
  }

  private void happened(Events event) {
    LOG.debug("connection: {}", event);
    state.lock();
    try {
      if (event == Events.DISCONNECTED) {
        resubscribed = false;
      } else if (event == Events.RESUBSCRIBED) {
        resubscribed = true;
      }
      changed.signalAll();
    } finally {
      state.unlock();
    }
    news.accept(event);
  }

  boolean isUp() {
    return resubscribed && connection.getStatus() == Status.CONNECTED;
  }

  boolean isClosed() {
    return connection.getStatus() == Status.CLOSED;
  }

  /** How it stands, for people. */
  String status() {
    Status status = connection.getStatus();
    return status == Status.CONNECTED && !resubscribed ? "RESUBSCRIBING" : status.name();
  }

  /** Publishes; false while more than {@code limit} bytes wait to be sent. */
  boolean publish(String subject, Headers headers, byte[] data, long limit) {
    if (connection.outgoingPendingBytes() > limit) {
      return false;
    }
    connection.publish(subject, headers, data);
    return true;
  }

  /** A dispatcher that keeps what its handler has not taken yet, within limits. */
  Dispatcher dispatcher(MessageHandler handler, CoreLimits limits) {
    Dispatcher dispatcher = connection.createDispatcher(handler);
    dispatcher.setPendingLimits(limits.events(), limits.bytes());
    return dispatcher;
  }

  /** Ends a dispatcher that nobody has used yet. */
  void forget(Dispatcher dispatcher) {
    if (!isClosed()) {
      connection.closeDispatcher(dispatcher);
    }
  }

  /** Waits until it is up. */
  void awaitUp(Duration limit) throws TimeoutException, InterruptedException {
    long left = limit.toNanos();
    state.lock();
    try {
      while (!isUp() && !isClosed()) {
        if (left <= 0) {
          throw new TimeoutException("not connected");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      state.unlock();
    }
  }

  /** Returns once the server has done what it was sent before. */
  void awaitAnswer(Duration limit) throws TimeoutException, InterruptedException {
    holdAnswers(limit);
    try {
      connection.flush(limit);
    } finally {
      answers.unlock();
    }
  }

  /** Ends a subscription on the server first, so that what it has sent still comes; then here. */
  void drain(Consumer subscription) {
    try {
      if (!beginDrain(subscription).join()) {
        LOG.debug("a subscription did not end in good order");
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | IllegalStateException closed) {
      LOG.debug("a subscription ends with its connection", closed);
    }
  }

  private CompletableFuture<Boolean> beginDrain(Consumer subscription)
      throws TimeoutException, InterruptedException {
    holdAnswers(DRAIN);
    try {
      return subscription.drain(DRAIN);
    } finally {
      answers.unlock();
    }
  }

  private void holdAnswers(Duration limit) throws TimeoutException, InterruptedException {
    if (!answers.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("others wait for an answer");
    }
  }

  /** Sends what has been published, then closes the connection. */
  void close() {
    connection.removeConnectionListener(listener);
    try {
      if (connection.getStatus() == Status.CONNECTED) {
        connection.drain(END).get(END.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException | IllegalStateException absent) {
      LOG.warn("The last events may not have been sent: {}", absent.toString());
    } finally {
      closeNow();
    }
  }

  private void closeNow() {
    boolean interrupted = Thread.interrupted();
    try {
      connection.close();
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
