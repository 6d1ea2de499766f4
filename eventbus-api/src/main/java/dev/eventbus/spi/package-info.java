/**
 * What a driver sees: few interfaces, records in and out.
 *
 * <p>A driver gives <em>lanes</em>; the engine does the rest, once for all brokers: order per key,
 * window, retry, attempts, dead letters, drain. What a driver must keep:
 *
 * <ul>
 *   <li><b>I1 Owner.</b> A lane of a group has at most one live owner. An owner learns of its loss
 *       ({@link dev.eventbus.spi.LaneObserver#lost}); what a former owner still sends is rejected or
 *       harmless; {@link dev.eventbus.spi.Lane#leaseUntil()} never promises more than the broker
 *       grants.
 *   <li><b>I2 Order.</b> After each grant, and after reconnects, a lane's deliveries begin with its
 *       lowest unsettled event and come in log order without a gap. Settled ones may repeat.
 *   <li><b>I3 Settle.</b> Once the stage of {@link dev.eventbus.spi.Lane#commit} has completed
 *       normally the progress is durable.
 *   <li><b>I4 State.</b> The next owner reads the record that the last one committed.
 *   <li><b>I5 Credit.</b> A lane delivers no more than was requested.
 * </ul>
 *
 * <p><b>Realtime.</b> Under {@link dev.eventbus.Profile#REALTIME} a driver grants each membership one
 * lane of its own with an empty record, completes commits and releases at once, and tells what its
 * client could not hold by {@link dev.eventbus.spi.LaneObserver#dropped}. I2 then begins at the
 * grant; the engine keeps no record and writes no dead letters (C1).
 *
 * <p><b>Threads.</b> The engine calls {@link dev.eventbus.spi.DriverProvider#open}, {@link
 * dev.eventbus.spi.Driver#join} and {@link dev.eventbus.spi.TopicAdmin} on threads that may block.
 * It calls {@link dev.eventbus.spi.Lane} and {@link dev.eventbus.spi.TopicWriter#append} on its
 * loops, where nothing may block: such a call hands its work to the driver and returns. A driver
 * calls {@link dev.eventbus.spi.LaneObserver} on any one thread of its own for each membership; the
 * observer only posts to a mailbox, so it never blocks and never throws.
 */
@NullMarked
package dev.eventbus.spi;

import org.jspecify.annotations.NullMarked;
