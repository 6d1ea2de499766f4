package dev.eventbus.driver.nats;

import java.util.concurrent.CompletableFuture;

/**
 * Where the record of one lane is kept, and who may write it. One call at a time; every future fails
 * with {@link Ledger.StaleRevisionException} when another member has taken the lane.
 */
interface LaneBook {

  /**
   * What the owner finds.
   *
   * @param fence grows with every owner
   * @param seen the stream's last sequence when the group had settled all of the lane; 0 if unknown
   * @param record what the last owner committed
   */
  record Opening(long fence, long seen, String record) {}

  /** Takes the lane. */
  CompletableFuture<Opening> take();

  /** Makes sure that the lane is still this member's. */
  CompletableFuture<Void> confirm();

  /** Keeps a record. */
  CompletableFuture<Void> write(String record);

  /** Keeps the last record and gives the lane to whoever wants it. */
  CompletableFuture<Void> release(String record, long seen);
}
