package dev.eventbus.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where a lane stands when it is granted.
 *
 * @param floor every event up to here is settled; null when the driver does not know, or nothing is
 * @param end the highest stored event when the lane was granted: no earlier owner can have handled a
 *     later one; null when the driver does not know, or nothing is stored
 * @param record what the last owner committed; empty when there was none
 */
public record LaneStart(@Nullable Position floor, @Nullable Position end, String record) {}
