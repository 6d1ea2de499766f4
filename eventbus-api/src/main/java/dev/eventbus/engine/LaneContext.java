package dev.eventbus.engine;

import dev.eventbus.spi.DriverTraits.SettledAhead;

/**
 * What all lanes of a subscription share.
 *
 * @param limits what keeps their losses and records small
 * @param keeper who remembers events that are settled above the floor
 * @param retries the loop's failed events by time
 * @param budget the member's window
 * @param runtime time
 */
record LaneContext(
    LaneLimits limits,
    SettledAhead keeper,
    RetrySchedule retries,
    InFlightBudget budget,
    EngineRuntime runtime) {}
