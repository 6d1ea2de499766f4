package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write: fair between the threads of a JVM and between processes, where SQLite's
 * own waiting is not. It orders only; what keeps two writers apart is SQLite's lock.
 *
 * <p>The threads that wait here are the driver's own and are never interrupted: an interrupt would
 * close the channel. {@code local} is taken before the file lock and given back after it.
 */
final class WriteLock {

  private static final long REGION = 1L << 40;
  private static final int PID_BYTES = 20;
  private static final String UNKNOWN = "unknown";

  private final ReentrantLock local = new ReentrantLock(true);
  private final @Nullable Path path;
  private final ByteBuffer pid = ByteBuffer.wrap(pidText());

  private volatile @Nullable FileChannel channel;
  private volatile @Nullable Thread waiting;
  private @Nullable FileLock held;

  /** A null path: for a database that no other process sees. */
  WriteLock(@Nullable Path path) {
    this.path = path;
  }

  private static byte[] pidText() {
    String text =
        String.format("%-" + (PID_BYTES - 1) + "d\n", ProcessHandle.current().pid());
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Waits for the turn.
   *
   * @return false if {@code stop} came first; then nothing is held
   */
  boolean lock(BooleanSupplier stop) throws IOException {
    if (!lockLocal(stop)) {
      return false;
    }
    if (path == null) {
      return true;
    }
    boolean owned = false;
    waiting = Thread.currentThread();
    try {
      while (!owned && !stop.getAsBoolean()) {
        owned = lockFile(path);
      }
      return owned;
    } finally {
      waiting = null;
      if (!owned) {
        local.unlock();
      }
    }
  }

  private boolean lockLocal(BooleanSupplier stop) {
    boolean interrupted = false;
    try {
      while (!stop.getAsBoolean()) {
        try {
          if (local.tryLock(100, TimeUnit.MILLISECONDS)) {
            return true;
          }
        } catch (InterruptedException ignored) {
          // The waiting ends by stop alone; the flag is set again below.
          interrupted = true;
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean lockFile(Path file) throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      open = FileChannel.open(
          file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      channel = open;
    }
    // A flag set by a callback on this thread would close the channel.
    Thread.interrupted();
    try {
      held = open.lock(REGION, 1, false);
    } catch (ClosedChannelException aborted) {
      return false;
    }
    signHolder(open);
    return true;
  }

  private void signHolder(FileChannel open) {
    try {
      open.write(pid.duplicate(), 0);
    } catch (IOException unsigned) {
      // Only people read it; the disk may be full.
    }
  }

  /** Gives the turn to the next; called by the thread that has it. */
  void unlock() {
    try {
      FileLock mine = held;
      held = null;
      if (mine != null && mine.isValid()) {
        mine.release();
      }
    } catch (IOException lost) {
      // The channel was closed, and the lock with it.
    } finally {
      local.unlock();
    }
  }

  /** Wakes this thread if it waits for another process; its stop condition must hold by now. */
  void abort(Thread waiter) throws IOException {
    FileChannel open = channel;
    if (waiter == waiting && open != null) {
      open.close();
    }
  }

  /** The process that wrote last, or holds the lock: for people. */
  String holder() {
    FileChannel open = channel;
    if (open == null) {
      return UNKNOWN;
    }
    // An interrupt would close the channel.
    boolean interrupted = Thread.interrupted();
    try {
      ByteBuffer text = ByteBuffer.allocate(PID_BYTES);
      int length = open.read(text, 0);
      return length <= 0
          ? UNKNOWN
          : new String(text.array(), 0, length, StandardCharsets.US_ASCII).strip();
    } catch (IOException unreadable) {
      return UNKNOWN;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
