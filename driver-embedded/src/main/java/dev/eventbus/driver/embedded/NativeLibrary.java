package dev.eventbus.driver.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Extracts SQLite's native library once into the user's cache folder. By itself sqlite-jdbc extracts
 * it into the temporary folder at each start, and leaves it there when the process is killed.
 */
final class NativeLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";

  private NativeLibrary() {}

  /** Tells sqlite-jdbc where the library is, if that can be done; else it extracts it as always. */
  static synchronized void prepare() {
    if (System.getProperty(PATH_PROPERTY) != null) {
      return;
    }
    Path cache = cacheFolder();
    if (cache == null) {
      return;
    }
    try {
      String name = LibraryLoaderUtil.getNativeLibName();
      String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
      Path folder = cache
          .resolve("eventbus")
          .resolve("sqlite-jdbc-" + SQLiteJDBCLoader.getVersion())
          .resolve(resource.substring("/org/sqlite/native/".length()))
          .getParent();
      if (folder != null && extract(resource, folder.resolve(name))) {
        System.setProperty(NAME_PROPERTY, name);
        System.setProperty(PATH_PROPERTY, folder.toString());
      }
    } catch (IOException | SecurityException notWritable) {
      LOG.debug("SQLite's library goes to the temporary folder: {}", notWritable.toString());
    }
  }

  /** False if this jar has no library for the machine. */
  private static boolean extract(String resource, Path target) throws IOException {
    URL source = SQLiteJDBCLoader.class.getResource(resource);
    if (source == null) {
      return false;
    }
    long size = source.openConnection().getContentLengthLong();
    if (Files.isRegularFile(target) && Files.size(target) == size) {
      return true;
    }
    Files.createDirectories(target.getParent());
    // Several processes may do this at once: each renames a whole file of its own.
    Path own = Files.createTempFile(target.getParent(), "new", ".tmp");
    try {
      try (InputStream in = source.openStream()) {
        Files.copy(in, own, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(own, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(own);
    }
    return true;
  }

  /** Only the user writes there, so nobody else can plant a library; null if it is not known. */
  private static @Nullable Path cacheFolder() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String variable = os.contains("win") ? "LOCALAPPDATA" : "XDG_CACHE_HOME";
    String named = System.getenv(variable);
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    String home = System.getProperty("user.home");
    if (home == null || home.isBlank()) {
      return null;
    }
    return os.contains("mac") ? Path.of(home, "Library", "Caches") : Path.of(home, ".cache");
  }
}
