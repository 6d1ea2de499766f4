package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import java.io.IOException;
import java.sql.SQLException;

/** What to say to a person: the file, the setting and the mend. */
final class Texts {

  private Texts() {}

  static String of(EmbeddedError code, Location location, SQLException cause) {
    return "The database %s (%s) %s (SQLite: %s)."
        .formatted(location, EmbeddedConfig.FILE, mend(code), cause.getMessage());
  }

  static DriverException topicGone(String topic) {
    return new DriverException(
        EmbeddedError.NOT_FOUND,
        "Topic %s was deleted from the database (%s) while it was in use: subscribe again to create it."
            .formatted(topic, EmbeddedConfig.FILE));
  }

  static String locked(Location location, String holder, long seconds) {
    return "The database %s (%s) has been locked for %d s by process %s: let it go on (kill -CONT) or end it."
        .formatted(location, EmbeddedConfig.FILE, seconds, holder);
  }

  static DriverException noGroup(String topic, String group) {
    return new DriverException(
        EmbeddedError.NOT_FOUND,
        "Topic %s has no group %s in this database: check both names, or subscribe first."
            .formatted(topic, group));
  }

  static StoreException memberLocks(IOException failure) {
    return new StoreException(
        EmbeddedError.IO,
        "The file of member locks beside the database (%s) cannot be used: %s."
            .formatted(EmbeddedConfig.FILE, failure),
        failure);
  }

  private static String mend(EmbeddedError code) {
    return switch (code) {
      case LOCKED ->
        "is locked by another program: end the transaction that holds it, for example in a shell";
      case READ_ONLY ->
        "cannot be written: give this user write permission for the file and its folder, or choose"
            + " another file";
      case CORRUPT ->
        "is damaged or is no SQLite file: restore a backup, or move the file and its -wal and -shm"
            + " away to begin anew";
      case DISK_FULL ->
        "has no space left: free some on its disk or lower " + EmbeddedConfig.RETENTION_BYTES;
      case CANNOT_OPEN -> "cannot be opened or created: check path and permissions";
      default -> "failed to read or write: check the disk";
    };
  }
}
