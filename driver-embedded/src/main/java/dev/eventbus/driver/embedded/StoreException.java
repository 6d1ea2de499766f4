package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
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
    Outcome outcome = primary(cause) == 13 ? Outcome.NOT_STORED : Outcome.UNKNOWN;
    return of(cause, location, outcome);
  }

  private static StoreException of(SQLException cause, Location location, Outcome outcome) {
    EmbeddedError code = switch (primary(cause)) {
      case 5, 6 -> EmbeddedError.LOCKED;
      case 8 -> EmbeddedError.READ_ONLY;
      case 11, 26 -> EmbeddedError.CORRUPT;
      case 13 -> EmbeddedError.DISK_FULL;
      case 14 -> EmbeddedError.CANNOT_OPEN;
      default -> EmbeddedError.IO;
    };
    return new StoreException(code, outcome, Texts.of(code, location, cause), cause);
  }

  /** Whether a program other than the bus holds SQLite's own lock: trying again helps. */
  static boolean isBusy(SQLException failure) {
    return primary(failure) == 5 || primary(failure) == 6;
  }

  private static int primary(SQLException failure) {
    return failure instanceof SQLiteException told
        ? told.getResultCode().code & 0xff
        : failure.getErrorCode() & 0xff;
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
