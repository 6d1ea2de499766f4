package dev.eventbus.engine;

import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.TopicWriter;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * For drivers whose retries would change the order: one append of a key, or of a lane, is in flight,
 * and is retried here, under the same id, until it is stored or its time is over.
 *
 * <p>Invariant: the head of a line, and only it, is with the driver or waits for its retry; a line
 * that is in the map is not empty.
 */
final class OrderedRoute implements PublishRoute {

  private static final long FIRST_RETRY_NANOS = 20_000_000;
  private static final long MAX_RETRY_NANOS = 500_000_000;

  private final ConcurrentHashMap<Object, ArrayDeque<PendingPublish>> lines =
      new ConcurrentHashMap<>();
  private final TopicWriter writer;
  private final LanePicker picker;
  private final Publishing publishing;
  private final EngineRuntime runtime;

  OrderedRoute(TopicWriter writer, Publishing publishing, EngineRuntime runtime) {
    this.writer = writer;
    this.picker = new LanePicker(writer.lanes());
    this.publishing = publishing;
    this.runtime = runtime;
  }

  @Override
  public void send(PendingPublish publish) {
    int lane = picker.pick(publish.event);
    Append append = publish.into(lane);
    Object line = writer.ordering() == Ordering.ONE_IN_FLIGHT_PER_LANE ? lane : publish.event.key();
    if (line == null) {
      append(null, publish, append, FIRST_RETRY_NANOS);
      return;
    }
    if (joinsEmpty(line, publish)) {
      append(line, publish, append, FIRST_RETRY_NANOS);
    }
  }

  /** A publish becomes head once: when it joins an empty line, or when its predecessor leaves. */
  private boolean joinsEmpty(Object line, PendingPublish publish) {
    boolean[] empty = new boolean[1];
    lines.compute(line, (unused, waiting) -> {
      empty[0] = waiting == null;
      ArrayDeque<PendingPublish> behind = waiting == null ? new ArrayDeque<>(2) : waiting;
      behind.add(publish);
      return behind;
    });
    return empty[0];
  }

  private void append(
      @Nullable Object line, PendingPublish publish, Append append, long retryNanos) {
    if (!publish.hand()) {
      publishing.forget(publish);
      next(line);
      return;
    }
    DriverCalls.guarded(() -> writer.append(append)).whenComplete((position, error) -> {
      if (error == null) {
        publishing.stored(publish, append.lane(), position);
        next(line);
      } else {
        refused(line, publish, append, error, retryNanos);
      }
    });
  }

  private void refused(
      @Nullable Object line,
      PendingPublish publish,
      Append append,
      Throwable error,
      long retryNanos) {
    if (Failures.unwrapped(error) instanceof AppendException refusal
        && refusal.remedy() == Remedy.RETRY
        && !publish.result.isDone()
        && publish.deadline - runtime.nanos() > retryNanos) {
      publish.refused(refusal.outcome());
      appendLater(line, publish, append, retryNanos);
      return;
    }
    publishing.failed(publish, error);
    next(line);
  }

  private void appendLater(
      @Nullable Object line, PendingPublish publish, Append append, long retryNanos) {
    long nextNanos = Math.min(MAX_RETRY_NANOS, retryNanos * 2);
    runtime.schedule(
        retryNanos, () -> runtime.loops().execute(() -> append(line, publish, append, nextNanos)));
  }

  private void next(@Nullable Object line) {
    if (line == null) {
      return;
    }
    PendingPublish[] head = new PendingPublish[1];
    lines.computeIfPresent(line, (unused, waiting) -> {
      waiting.remove();
      head[0] = waiting.peek();
      return waiting.isEmpty() ? null : waiting;
    });
    PendingPublish next = head[0];
    if (next != null) {
      Append append = next.append();
      if (append == null) {
        throw new IllegalStateException("A publish waits in a line without a lane");
      }
      // through the executor: a driver that answers at once would else recurse along the line
      runtime.loops().execute(() -> append(line, next, append, FIRST_RETRY_NANOS));
    }
  }
}
