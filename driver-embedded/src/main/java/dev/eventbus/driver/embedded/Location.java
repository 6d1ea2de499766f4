package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import dev.eventbus.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is: a file on a local disk, or the memory of this process.
 *
 * <p>Nothing here opens the file: closing it again would drop the locks that SQLite holds on it.
 *
 * @param file the file with symbolic links resolved, so that all names of it are one
 */
record Location(@Nullable Path file) {

  static final String MEMORY = ":memory:";

  /** Without shared memory between processes, or with locks that do not hold. */
  private static final List<String> REFUSED_TYPES =
      List.of("nfs", "cifs", "smb", "9p", "fuse", "afs", "ceph", "gluster", "lustre");

  /**
   * The place that the setting names.
   *
   * @throws DriverException if no database can be there
   */
  static Location of(String setting) {
    if (setting.equals(MEMORY)) {
      return new Location(null);
    }
    try {
      Path path = Path.of(setting).toAbsolutePath().normalize();
      return new Location(checked(path));
    } catch (InvalidPathException illegal) {
      throw new SettingException(EmbeddedConfig.FILE, setting, "a path or " + MEMORY);
    }
  }

  private static Path checked(Path path) {
    Path folder = Objects.requireNonNullElse(path.getParent(), path);
    if (!Files.isDirectory(folder)) {
      throw failure(
          EmbeddedError.FOLDER_MISSING,
          path,
          "lies in a folder that does not exist: create " + folder + " or choose another file");
    }
    if (Files.isDirectory(path)) {
      throw failure(EmbeddedError.CANNOT_OPEN, path, "is a folder: name a file in it");
    }
    try {
      Path real =
          Files.exists(path) ? path.toRealPath() : folder.toRealPath().resolve(path.getFileName());
      checkFileSystem(real, Files.getFileStore(folderOf(real)).type());
      checkWritable(real);
      return real;
    } catch (IOException unreadable) {
      throw new DriverException(
          EmbeddedError.CANNOT_OPEN,
          "The database %s (%s) cannot be looked at: %s."
              .formatted(path, EmbeddedConfig.FILE, unreadable),
          unreadable);
    }
  }

  static void checkFileSystem(Path path, String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (REFUSED_TYPES.stream().anyMatch(lower::startsWith)) {
      throw failure(
          EmbeddedError.NETWORK_FILE_SYSTEM,
          path,
          "lies on a file system of type "
              + type
              + ", where processes cannot share memory and locks safely: choose a local disk, or a"
              + " broker such as nats");
    }
  }

  private static void checkWritable(Path path) {
    Path folder = folderOf(path);
    Path refused = Files.exists(path) && !Files.isWritable(path) ? path : folder;
    if (!Files.isWritable(refused)) {
      throw failure(
          EmbeddedError.READ_ONLY,
          path,
          "cannot be written: give this user write permission for "
              + refused
              + ", or choose another file");
    }
  }

  private static Path folderOf(Path path) {
    return Objects.requireNonNullElse(path.getParent(), path);
  }

  private static DriverException failure(EmbeddedError code, Path path, String what) {
    return new DriverException(
        code, "The database %s (%s) %s.".formatted(path, EmbeddedConfig.FILE, what));
  }

  boolean inMemory() {
    return file == null;
  }

  /** A URI: with it, sqlite-jdbc does not look at the file by itself, and every name is legal. */
  String url() {
    return file == null ? "jdbc:sqlite::memory:" : "jdbc:sqlite:" + file.toUri().toASCIIString();
  }

  /** A file beside the database, such as {@code eventbus.db.wlock}. */
  Path beside(String suffix) {
    Path named = Objects.requireNonNull(file, "a database in memory has no files");
    return named.resolveSibling(named.getFileName() + suffix);
  }

  @Override
  public String toString() {
    return file == null ? MEMORY : file.toString();
  }
}
