package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One byte of a file for each member, locked while its process lives: the kernel gives it back at
 * once when the process dies. A stopped process keeps it, so it never replaces the lease.
 */
final class MemberLocks {

  private final @Nullable FileChannel channel;
  private final Map<Long, FileLock> held = new HashMap<>();

  private MemberLocks(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  static MemberLocks inMemory() {
    return new MemberLocks(null);
  }

  static MemberLocks open(Path file) throws IOException {
    return new MemberLocks(FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
  }

  /** Says that this member lives; its row must not be visible yet. */
  synchronized void hold(long member) throws IOException {
    if (channel == null) {
      return;
    }
    FileLock lock = channel.tryLock(member, 1, false);
    if (lock == null) {
      throw new IOException("The lock of member " + member + " is held by another process.");
    }
    held.put(member, lock);
  }

  synchronized void release(long member) throws IOException {
    FileLock lock = held.remove(member);
    if (lock != null) {
      lock.release();
    }
  }

  /** Whether a living process holds it. */
  synchronized boolean isHeld(long member) throws IOException {
    if (channel == null || held.containsKey(member)) {
      return true;
    }
    FileLock probe = channel.tryLock(member, 1, true);
    if (probe == null) {
      return true;
    }
    probe.release();
    return false;
  }

  synchronized void close() throws IOException {
    held.clear();
    if (channel != null) {
      channel.close();
    }
  }
}
