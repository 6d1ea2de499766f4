package dev.eventbus.driver.embedded;

import dev.eventbus.ErrorCode;

/** The failures of this driver; docs/errors.md has a part for each. */
enum EmbeddedError implements ErrorCode {
  /** SQLite cannot open or create the file. */
  CANNOT_OPEN("embedded-cannot-open"),
  /** The file is no database of the bus, or it is damaged. */
  CORRUPT("embedded-corrupt"),
  /** File, folder or mount cannot be written. */
  READ_ONLY("embedded-read-only"),
  /** No space is left. */
  DISK_FULL("embedded-disk-full"),
  /** A later release has changed the tables. */
  NEWER_SCHEMA("embedded-newer-schema"),
  /** The folder of the file does not exist. */
  FOLDER_MISSING("embedded-folder-missing"),
  /** The file lies on a file system without shared memory or reliable locks. */
  NETWORK_FILE_SYSTEM("embedded-network-file-system"),
  /** Another process holds the write lock and does not go on. */
  LOCKED("embedded-locked"),
  /** Two class loaders of one process have this driver and the same file. */
  TWO_COPIES("embedded-two-copies"),
  /** Reading or writing failed for another reason. */
  IO("embedded-io"),
  /** There is no such topic or group. */
  NOT_FOUND("embedded-not-found"),
  /** A group with a living member cannot be moved. */
  GROUP_IN_USE("embedded-group-in-use"),
  /** The driver has been closed. */
  CLOSED("embedded-closed");

  private final String id;

  EmbeddedError(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }
}
