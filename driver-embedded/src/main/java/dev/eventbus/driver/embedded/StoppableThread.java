package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of the driver. It is never interrupted, because an interrupt closes the channels of the
 * locks; it ends by itself, and where it waits for another process the waiting is broken off.
 */
final class StoppableThread {

  private static final Logger LOG = LoggerFactory.getLogger(StoppableThread.class);

  /** How long it may go on with what it does. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  private final Thread thread;
  private final WriteLock lock;
  private volatile boolean stopped;

  StoppableThread(String name, WriteLock lock, Runnable body) {
    this.lock = lock;
    thread = new Thread(body, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether it may no longer wait for the write lock. */
  boolean stopped() {
    return stopped;
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Waits for its end, which the caller has told it; after a grace the write lock is given up. */
  void finish() {
    if (isCurrent() || joined(GRACE)) {
      return;
    }
    giveUp();
    if (!joined(LAST_WAIT)) {
      LOG.warn("Thread {} is still in the database and is left behind", thread.getName());
    }
  }

  /** Ends a waiting for the write lock, now and later. */
  void giveUp() {
    stopped = true;
    try {
      lock.abort(thread);
    } catch (IOException failure) {
      LOG.warn("The write lock of thread {} could not be given up", thread.getName(), failure);
    }
  }

  private boolean joined(Duration limit) {
    boolean interrupted = false;
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (thread.isAlive()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        } catch (InterruptedException ignored) {
          // Closing goes on; the flag is set again below.
          interrupted = true;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The next element, however long it takes. */
  static <T> T take(BlockingQueue<T> queue) {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException ignored) {
        // Set by a callback on this thread: nothing of the driver stops its threads that way.
      }
    }
  }
}
