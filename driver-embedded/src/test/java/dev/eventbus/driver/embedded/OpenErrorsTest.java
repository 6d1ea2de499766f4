package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.DriverException;
import dev.eventbus.EventBusException;
import dev.eventbus.SettingException;
import dev.eventbus.spi.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be opened is refused with the file, the setting and the mend, and leaves nothing. */
class OpenErrorsTest {

  @TempDir
  private Path folder;

  private static void assertRefused(String file, EmbeddedError code, String... words) {
    int threads = Threads.ofDriver().size();
    assertThatThrownBy(() -> Drivers.open(file))
        .isInstanceOf(DriverException.class)
        .extracting(failure -> ((EventBusException) failure).code())
        .isEqualTo(code.id());
    assertThatThrownBy(() -> Drivers.open(file))
        .hasMessageContaining(file)
        .hasMessageContaining(EmbeddedConfig.FILE)
        .hasMessageContainingAll(words);
    assertThat(Threads.ofDriver()).hasSize(threads);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aMissingFolder() {
    assertRefused(file("no/bus.db"), EmbeddedError.FOLDER_MISSING, "create " + file("no"));
  }

  @Test
  void aFolderInPlaceOfAFile() {
    assertRefused(folder.toString(), EmbeddedError.CANNOT_OPEN, "name a file in it");
  }

  @Test
  void aFileThatIsNoDatabase() throws Exception {
    Files.writeString(folder.resolve("text.db"), "This is a letter to a friend. ".repeat(500));
    assertRefused(file("text.db"), EmbeddedError.CORRUPT, "restore a backup");
  }

  @Test
  void aDatabaseOfAnotherProgram() throws Exception {
    try (var shell = new Shell(folder.resolve("other.db"))) {
      shell.update("CREATE TABLE song(title TEXT)");
    }
    assertRefused(file("other.db"), EmbeddedError.CORRUPT, "another program");
  }

  @Test
  void aTruncatedDatabase() throws Exception {
    Path file = folder.resolve("cut.db");
    Drivers.open(file).close();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, 5_000));
    assertRefused(file("cut.db"), EmbeddedError.CORRUPT, "restore a backup");
  }

  @Test
  void aReadOnlyMount() throws Exception {
    try (var mount = new Tmpfs(folder, "size=4m")) {
      Drivers.open(folder.resolve("bus.db")).close();
      mount.remount("ro");
      assertRefused(file("bus.db"), EmbeddedError.READ_ONLY, "write permission");
      assertRefused(file("new.db"), EmbeddedError.READ_ONLY, "write permission");
    }
  }

  @Test
  void aDiskThatIsFullFromTheStart() throws Exception {
    try (var mount = new Tmpfs(folder, "size=32k")) {
      assertThat(mount).isNotNull();
      assertRefused(file("bus.db"), EmbeddedError.DISK_FULL, "free some");
    }
  }

  @Test
  void aNetworkFileSystem() {
    for (String type : new String[] {"nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuseblk"}) {
      assertThatThrownBy(() -> Location.checkFileSystem(Path.of("/net/bus.db"), type))
          .hasMessageContainingAll("/net/bus.db", EmbeddedConfig.FILE, type, "local disk")
          .extracting(failure -> ((DriverException) failure).code())
          .isEqualTo(EmbeddedError.NETWORK_FILE_SYSTEM.id());
    }
    for (String type :
        new String[] {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs", "NTFS"}) {
      Location.checkFileSystem(Path.of("/local/bus.db"), type);
    }
  }

  @Test
  void aNewerSchema() throws Exception {
    Path file = folder.resolve("bus.db");
    Drivers.open(file).close();
    try (var shell = new Shell(file)) {
      shell.update("PRAGMA user_version = 2000");
    }
    assertRefused(file("bus.db"), EmbeddedError.NEWER_SCHEMA, "version 2", "update the bus");
    try (var shell = new Shell(file)) {
      shell.update("PRAGMA user_version = 1007");
    }
    Drivers.open(file).close();
  }

  @Test
  void aFileLockedByAProcessThatDoesNotGoOn() throws Exception {
    Path file = folder.resolve("bus.db");
    Drivers.open(file).close();
    try (Child holder = new Child(file, "lock")) {
      org.awaitility.Awaitility.await().until(() -> !holder.said("locked").isEmpty());
      long began = System.nanoTime();
      assertThatThrownBy(() -> Drivers.open(file))
          .hasMessageContainingAll(
              file.toString(), EmbeddedConfig.FILE, Long.toString(holder.pid()))
          .extracting(failure -> ((EventBusException) failure).code())
          .isEqualTo(EmbeddedError.LOCKED.id());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
    }
    Drivers.open(file).close();
    assertThat(Threads.ofDriver()).isEmpty();
  }

  @Test
  void settingsThatCannotBeUsed() {
    assertThatThrownBy(() -> Drivers.open(file("bus.db"), EmbeddedConfig.MAX_EVENT_BYTES, "1GiB"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("512MiB");
    assertThatThrownBy(() -> Drivers.open(file("bus.db"), EmbeddedConfig.RETENTION_AGE, "soon"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(EmbeddedConfig.RETENTION_AGE);
    assertThatThrownBy(() -> Drivers.open("a\0b"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(EmbeddedConfig.FILE);
  }

  @Test
  void namesThatMeanSomethingInAddresses() {
    try (Driver driver = Drivers.open(folder.resolve("a b?mode=memory#x%41ü.db"))) {
      Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "e", 1);
    }
    assertThat(folder.resolve("a b?mode=memory#x%41ü.db")).exists();
    assertThat(Objects.requireNonNull(folder.toFile().list())).hasSize(3);
  }
}
