package dev.eventbus.driver.embedded;

import java.sql.SQLException;

/** A change that the keeper makes, together with whatever else waits, in one transaction. */
interface WriteOp {

  /**
   * Makes the change. An {@link dev.eventbus.EventBusException} refuses this one alone and is thrown
   * before its first change; any other failure undoes all changes of the transaction.
   */
  void apply(Tables tables) throws SQLException, StoreException;

  /** It is durable. */
  void committed();

  /** It was refused or undone, or never tried. */
  void failed(Exception cause);
}
