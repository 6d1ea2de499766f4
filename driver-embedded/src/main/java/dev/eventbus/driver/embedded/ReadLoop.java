package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads: events for the lanes that ask for them, and ten times in a second whatever
 * other processes may have changed. It alone calls the observers, and never waits for the write lock.
 */
final class ReadLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ReadLoop.class);

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

  private final Signals signals;
  private final Memberships memberships;
  private final LaneReader reader;
  private final Keeper keeper;
  private final Trouble trouble;
  private final StoppableThread thread;
  private volatile boolean closing;
  private long nextTick = System.nanoTime();
  private boolean more;

  ReadLoop(
      Signals signals,
      Memberships memberships,
      LaneReader reader,
      Keeper keeper,
      Trouble trouble,
      WriteLock lock) {
    this.signals = signals;
    this.memberships = memberships;
    this.reader = reader;
    this.keeper = keeper;
    this.trouble = trouble;
    this.thread = new StoppableThread("eventbus-embedded-read", lock, this::run);
  }

  void start() {
    thread.start();
  }

  /** Runs what was posted before, then ends. */
  void close() {
    closing = true;
    signals.wake();
    thread.finish();
  }

  private void run() {
    while (!closing) {
      turn();
    }
    signals.end();
  }

  private void turn() {
    try {
      signals.await(more ? 0 : nextTick - System.nanoTime());
      signals.runTasks();
      look();
      more = deliver();
    } catch (StoreException failure) {
      more = false;
      trouble.reading(failure);
    } catch (IOException | RuntimeException bug) {
      more = false;
      LOG.error("A turn of the reading loop failed", bug);
      LockSupport.parkNanos(TICK);
    }
  }

  private void look() throws StoreException, IOException {
    if (signals.takeGroups()) {
      memberships.reload();
    }
    for (long topic : signals.takeTopics()) {
      memberships.refresh(topic);
    }
    long now = System.nanoTime();
    if (now - nextTick >= 0) {
      nextTick = now + TICK;
      try {
        memberships.tick(keeper);
        trouble.readingWorks();
      } catch (StoreException failure) {
        trouble.reading(failure);
      }
      trouble.tell(memberships.members());
    }
  }

  /** Reads one batch for each lane that has events and room; true if there may be more. */
  private boolean deliver() throws StoreException {
    boolean any = false;
    for (GroupMember member : List.copyOf(memberships.members())) {
      for (OwnedLane lane : member.lanes().all()) {
        if (lane.isReadable()) {
          reader.read(lane);
          any |= lane.isReadable();
        }
      }
    }
    return any;
  }
}
