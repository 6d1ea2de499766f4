package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The locks that all drivers of this JVM on one file share. A process loses every lock that it has
 * on a file when it closes any one channel of it, so there is one channel of each lock file, open
 * until the last driver is closed.
 */
final class SharedFile {

  private static final Map<Path, SharedFile> OPEN = new HashMap<>();
  private static final String MARK = "dev.eventbus.driver.embedded.file:";

  private final Location location;
  private final WriteLock writeLock;
  private final MemberLocks memberLocks;
  private int users;

  private SharedFile(Location location, WriteLock writeLock, MemberLocks memberLocks) {
    this.location = location;
    this.writeLock = writeLock;
    this.memberLocks = memberLocks;
  }

  /** Counts a user; each calls {@link #close()} once. */
  static SharedFile open(Location location) {
    Path file = location.file();
    if (file == null) {
      return new SharedFile(location, new WriteLock(null), MemberLocks.inMemory());
    }
    synchronized (OPEN) {
      SharedFile shared = OPEN.get(file);
      if (shared == null) {
        shared = create(location);
        OPEN.put(file, shared);
      }
      shared.users++;
      return shared;
    }
  }

  private static SharedFile create(Location location) {
    mark(location);
    try {
      return new SharedFile(
          location,
          new WriteLock(location.beside(".wlock")),
          MemberLocks.open(location.beside(".members")));
    } catch (IOException failure) {
      System.clearProperty(MARK + location);
      throw new DriverException(
          EmbeddedError.CANNOT_OPEN,
          "The lock file %s of the database (%s) cannot be opened: %s."
              .formatted(location.beside(".members"), EmbeddedConfig.FILE, failure),
          failure);
    }
  }

  private static void mark(Location location) {
    String mine = Integer.toHexString(System.identityHashCode(SharedFile.class));
    String other = (String) System.getProperties().putIfAbsent(MARK + location, mine);
    if (other != null && !other.equals(mine)) {
      throw new DriverException(
          EmbeddedError.TWO_COPIES,
          "The database %s (%s) is open in this process through another class loader, and each would drop the locks of the other: load driver-embedded once, in a shared class loader, or choose another file."
              .formatted(location, EmbeddedConfig.FILE));
    }
  }

  WriteLock writeLock() {
    return writeLock;
  }

  MemberLocks memberLocks() {
    return memberLocks;
  }

  void close() throws IOException {
    synchronized (OPEN) {
      Path file = location.file();
      if (file != null) {
        users--;
        if (users > 0) {
          return;
        }
        OPEN.remove(file);
        System.clearProperty(MARK + location);
      }
      writeLock.close();
      memberLocks.close();
    }
  }
}
