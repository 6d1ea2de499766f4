package dev.eventbus.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot of a lane, to be made durable as a whole or in this order: settled, floor, record.
 *
 * @param settled events settled since the last commit that completed, in any order
 * @param floor every event up to here is settled; null when nothing is yet
 * @param settledAhead how many events above the floor are settled
 * @param record ASCII text for the next owner, at most {@link DriverTraits#maxRecordLength()}
 */
public record Progress(
    List<Position> settled, @Nullable Position floor, int settledAhead, String record) {}
