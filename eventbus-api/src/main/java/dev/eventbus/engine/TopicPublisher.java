package dev.eventbus.engine;

import dev.eventbus.EventTooLargeException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to one topic; those that come before the driver has opened it wait in call order.
 *
 * <p>Invariant: while {@code route} is null the waiting list, guarded by this, has all of them; once
 * it is set it stays, and the list is empty.
 */
final class TopicPublisher {

  private final TopicRequest topic;
  private final Driver driver;
  private final Publishing publishing;
  private final EngineRuntime runtime;
  private List<PendingPublish> waiting = new ArrayList<>();
  private boolean opening;
  private volatile @Nullable Opened opened;

  /** A topic that can be written to. */
  private record Opened(TopicWriter writer, PublishRoute route) {}

  TopicPublisher(TopicRequest topic, Driver driver, Publishing publishing, EngineRuntime runtime) {
    this.topic = topic;
    this.driver = driver;
    this.publishing = publishing;
    this.runtime = runtime;
  }

  void publish(PendingPublish publish) {
    Opened open = opened;
    if (open == null && !waits(publish)) {
      open = opened;
    }
    if (open != null) {
      send(open, publish);
    }
  }

  /** False when the topic was opened in the meantime. */
  private boolean waits(PendingPublish publish) {
    synchronized (this) {
      if (opened != null) {
        return false;
      }
      waiting.add(publish);
      if (opening) {
        return true;
      }
      opening = true;
    }
    DriverCalls.guarded(() -> driver.writer(topic)).whenComplete(this::answered);
    return true;
  }

  private void answered(@Nullable TopicWriter writer, @Nullable Throwable error) {
    if (writer != null && error == null) {
      sendWaiting(new Opened(writer, routeOf(writer)));
      return;
    }
    List<PendingPublish> failed;
    synchronized (this) {
      failed = waiting;
      waiting = new ArrayList<>();
      opening = false;
    }
    Throwable cause =
        error == null ? new IllegalStateException("the driver gave no writer") : error;
    failed.forEach(publish -> publishing.neverSent(publish, cause));
  }

  /** Those that come while the waiting ones are sent, from a callback perhaps, wait behind them. */
  private void sendWaiting(Opened open) {
    while (true) {
      List<PendingPublish> batch;
      synchronized (this) {
        if (waiting.isEmpty()) {
          opened = open;
          return;
        }
        batch = waiting;
        waiting = new ArrayList<>();
      }
      batch.forEach(publish -> send(open, publish));
    }
  }

  private PublishRoute routeOf(TopicWriter writer) {
    return writer.ordering() == Ordering.PIPELINED
        ? new PipelinedRoute(writer, publishing)
        : new OrderedRoute(writer, publishing, runtime);
  }

  private void send(Opened open, PendingPublish publish) {
    long limit = driver.capabilities().maxEventBytes();
    long size = open.writer.sizeOf(publish.event);
    if (size > limit) {
      publishing.neverSent(
          publish,
          new EventTooLargeException(
              topic.name(), size, limit, driver.capabilities().maxEventBytesSource()));
      return;
    }
    open.route.send(publish);
  }
}
