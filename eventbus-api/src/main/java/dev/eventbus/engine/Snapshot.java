package dev.eventbus.engine;

import dev.eventbus.spi.Progress;

/**
 * A lane's progress at one moment.
 *
 * @param progress what the driver makes durable
 * @param startLimit the highest ordinal that may start once it is
 */
record Snapshot(Progress progress, long startLimit) {}
