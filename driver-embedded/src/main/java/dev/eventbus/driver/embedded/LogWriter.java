package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import dev.eventbus.PublishException;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that stores published events: whatever waits goes into one transaction, in call order,
 * and is confirmed after its commit. An append that cannot get the write lock stays pending.
 */
final class LogWriter {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private static final int MAX_BATCH = 2_000;
  private static final int MAX_BATCH_BYTES = 4 << 20;

  private final WriteSession session;
  private final LogTable table;
  private final StoreHealth health;
  private final LongConsumer wakeTopic;

  private final PendingAppend end =
      new PendingAppend(new LaneSlot(0, 0), Event.of(new byte[0]), new MessageId.Sequential("", 0));
  private final LinkedBlockingQueue<PendingAppend> inbox = new LinkedBlockingQueue<>();
  private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();
  private final List<PendingAppend> batch = new ArrayList<>();
  private final EventCodec codec = new EventCodec();
  private final StoppableThread thread;
  private volatile boolean finished;

  LogWriter(
      WriteSession session, LogTable table, StoreHealth health, WriteLock lock, LongConsumer wake) {
    this.session = session;
    this.table = table;
    this.health = health;
    this.wakeTopic = wake;
    this.thread = new StoppableThread("eventbus-embedded-publish", lock, this::run);
  }

  void start() {
    thread.start();
  }

  CompletionStage<Position> append(PendingAppend append) {
    inbox.add(append);
    if (finished) {
      failLeft();
    }
    return append.stage;
  }

  /** Stores what was appended before, unless the write lock cannot be had in time. */
  void close() {
    inbox.add(end);
    thread.finish();
  }

  private void run() {
    try {
      while (fill()) {
        store();
      }
    } finally {
      finished = true;
      waiting.forEach(LogWriter::refuseClosed);
      failLeft();
    }
  }

  /** Takes the next batch; false at the end. */
  private boolean fill() {
    batch.clear();
    if (waiting.isEmpty()) {
      waiting.add(StoppableThread.take(inbox));
    }
    inbox.drainTo(waiting);
    int bytes = 0;
    while (batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
      PendingAppend next = waiting.peek();
      if (next == null || next == end) {
        break;
      }
      next.encode(codec);
      bytes += next.size();
      batch.add(waiting.remove());
    }
    return !batch.isEmpty();
  }

  private void store() {
    try {
      if (session.write(thread::stopped, () -> table.append(batch))
          == WriteSession.Result.STOPPED) {
        batch.forEach(LogWriter::refuseClosed);
        return;
      }
    } catch (StoreException failure) {
      health.failed(failure);
      batch.forEach(append -> refuse(append, failure));
      return;
    } catch (RuntimeException bug) {
      LOG.error("Storing {} events failed", batch.size(), bug);
      batch.forEach(append -> append.stage.completeExceptionally(bug));
      return;
    }
    health.worked();
    wake();
    for (PendingAppend append : batch) {
      append.stage.complete(Position.of(append.offset));
    }
  }

  private void wake() {
    long last = 0;
    for (LaneSlot slot : table.touched()) {
      if (slot.topic != last) {
        last = slot.topic;
        wakeTopic.accept(last);
      }
    }
  }

  private static void refuse(PendingAppend append, StoreException failure) {
    PublishException.Outcome outcome = failure.outcome() == StoreException.Outcome.NOT_STORED
        ? PublishException.Outcome.NOT_STORED
        : PublishException.Outcome.UNKNOWN;
    append.stage.completeExceptionally(
        new AppendException(outcome, AppendException.Remedy.NONE, failure.textWithCode(), failure));
  }

  private void failLeft() {
    PendingAppend left = inbox.poll();
    while (left != null) {
      refuseClosed(left);
      left = inbox.poll();
    }
  }

  private static void refuseClosed(PendingAppend append) {
    append.stage.completeExceptionally(new AppendException(
        PublishException.Outcome.NOT_STORED,
        AppendException.Remedy.NONE,
        "The driver was closed before the event could be stored. ["
            + EmbeddedError.CLOSED.id()
            + "]",
        null));
  }
}
