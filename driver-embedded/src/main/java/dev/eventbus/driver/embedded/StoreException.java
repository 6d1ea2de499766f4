package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database could not do what was asked; the text names file, setting and mend. */
final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the changes may have become durable all the same. */
  enum Outcome {
    NOT_STORED,
    UNKNOWN
  }

  private final EmbeddedError code;
  private final Outcome outcome;

  StoreException(EmbeddedError code, String text, @Nullable Throwable cause) {
    this(code, Outcome.NOT_STORED, text, cause);
  }

  private StoreException(
      EmbeddedError code, Outcome outcome, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.code = code;
    this.outcome = outcome;
  }

  /** Translates what SQLite said before COMMIT. */
  static StoreException of(SQLException cause, Location location) {
    return of(cause, location, Outcome.NOT_STORED);
  }

  /**
   * Translates what SQLite said to COMMIT: a full disk is told before the last page of the
   * transaction is written; after any other failure it may be in the log.
   */
  static StoreException ofCommit(SQLException cause, Location location) {
    Outcome outcome =
        codeOf(cause) == EmbeddedError.DISK_FULL ? Outcome.NOT_STORED : Outcome.UNKNOWN;
    return of(cause, location, outcome);
  }

  private static StoreException of(SQLException cause, Location location, Outcome outcome) {
    EmbeddedError code = codeOf(cause);
    return new StoreException(code, outcome, Texts.of(code, location, cause), cause);
  }

  /** Whether a program other than the bus holds SQLite's own lock: trying again helps. */
  static boolean isBusy(SQLException failure) {
    return codeOf(failure) == EmbeddedError.LOCKED;
  }

  private static EmbeddedError codeOf(SQLException failure) {
    int extended = extended(failure);
    if (extended == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE.code) {
      // The file of shared memory could not grow.
      return EmbeddedError.DISK_FULL;
    }
    return switch (SQLiteErrorCode.getErrorCode(extended & 0xff)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> EmbeddedError.LOCKED;
      case SQLITE_READONLY -> EmbeddedError.READ_ONLY;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> EmbeddedError.CORRUPT;
      case SQLITE_FULL -> EmbeddedError.DISK_FULL;
      case SQLITE_CANTOPEN -> EmbeddedError.CANNOT_OPEN;
      default -> EmbeddedError.IO;
    };
  }

  private static int extended(SQLException failure) {
    return failure instanceof SQLiteException told
        ? told.getResultCode().code
        : failure.getErrorCode();
  }

  EmbeddedError code() {
    return code;
  }

  Outcome outcome() {
    return outcome;
  }

  /** What the text does not say: the code is put behind it where an exception has no place for it. */
  String textWithCode() {
    return getMessage() + " [" + code.id() + "]";
  }

  DriverException toDriverException() {
    return new DriverException(code, String.valueOf(getMessage()), this);
  }
}
