package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import dev.eventbus.EventBusException;
import dev.eventbus.spi.MonotonicClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes all but events: settles, members and their beats, topics, and what retention
 * removes. Whatever waits goes into one transaction.
 */
final class Keeper {

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  private static final int MAX_OPS = 1_000;
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final WriteSession session;
  private final Tables tables;
  private final Beats beats;
  private final Retention retention;
  private final StoreHealth health;
  private final MonotonicClock clock;
  private final StoppableThread thread;

  private final WriteOp end = new End();
  private final LinkedBlockingQueue<WriteOp> inbox = new LinkedBlockingQueue<>();
  private final List<WriteOp> batch = new ArrayList<>();
  private final IdentityHashMap<WriteOp, EventBusException> refused = new IdentityHashMap<>();
  private volatile long writingSince = NOT_WAITING;
  private volatile boolean finished;

  Keeper(
      WriteSession session,
      Beats beats,
      Retention retention,
      StoreHealth health,
      MonotonicClock clock,
      WriteLock lock)
      throws StoreException {
    this.session = session;
    this.tables = Tables.on(session);
    this.beats = beats;
    this.retention = retention;
    this.health = health;
    this.clock = clock;
    this.thread = new StoppableThread("eventbus-embedded-keeper", lock, this::run);
  }

  void start() {
    thread.start();
  }

  /** Makes the change soon; one of its methods tells how it went, on the keeper's thread. */
  void submit(WriteOp op) {
    inbox.add(op);
    if (finished) {
      failLeft();
    }
  }

  /** How long the present transaction has been waiting or writing; 0 if there is none. */
  long busyNanos(long now) {
    long since = writingSince;
    return since == NOT_WAITING ? 0 : now - since;
  }

  /** Makes the changes submitted before, unless the write lock cannot be had in time. */
  void close() {
    inbox.add(end);
    thread.finish();
  }

  private void run() {
    try {
      while (turn()) {
        if (inbox.isEmpty()) {
          retention.run(thread::stopped);
        }
      }
    } finally {
      finished = true;
      failLeft();
    }
  }

  /** Writes what waits; false at the end. */
  private boolean turn() {
    batch.clear();
    WriteOp first = next();
    if (first != null) {
      batch.add(first);
      inbox.drainTo(batch, MAX_OPS);
    }
    boolean goOn = !batch.remove(end);
    if (goOn && beats.left(clock.nanos()) <= 0) {
      batch.add(beats.next());
    }
    if (!batch.isEmpty()) {
      write();
    }
    return goOn;
  }

  private @Nullable WriteOp next() {
    long now = clock.nanos();
    long wait = Math.min(beats.left(now), retention.left(now));
    try {
      return inbox.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
    } catch (InterruptedException ignored) {
      // Set by a callback on this thread: nothing of the driver stops its threads that way.
      return null;
    }
  }

  private void write() {
    refused.clear();
    writingSince = clock.nanos();
    Exception failure = null;
    try {
      if (session.write(thread::stopped, this::applyAll) == WriteSession.Result.STOPPED) {
        failure = closed();
      } else {
        health.worked();
      }
    } catch (StoreException failed) {
      health.failed(failed);
      failure = failed.toDriverException();
    } catch (RuntimeException bug) {
      LOG.error("Writing {} changes failed", batch.size(), bug);
      failure = bug;
    }
    writingSince = NOT_WAITING;
    for (WriteOp op : batch) {
      tell(op, failure == null ? refused.get(op) : failure);
    }
  }

  private void applyAll() throws SQLException, StoreException {
    for (WriteOp op : batch) {
      try {
        op.apply(tables);
      } catch (EventBusException refusal) {
        refused.put(op, refusal);
      }
    }
  }

  private static void tell(WriteOp op, @Nullable Exception failure) {
    try {
      if (failure == null) {
        op.committed();
      } else {
        op.failed(failure);
      }
    } catch (RuntimeException bug) {
      LOG.error("A callback after a write failed", bug);
    }
  }

  private void failLeft() {
    WriteOp left = inbox.poll();
    while (left != null) {
      tell(left, closed());
      left = inbox.poll();
    }
  }

  private static DriverException closed() {
    return new DriverException(EmbeddedError.CLOSED, "The driver has been closed.");
  }

  private static final class End implements WriteOp {
    @Override
    public void apply(Tables tables) {}

    @Override
    public void committed() {}

    @Override
    public void failed(Exception cause) {}
  }
}
