package dev.eventbus.driver.embedded;

import dev.eventbus.spi.MonotonicClock;

/** The parts of the driver that a member works with. */
record Wiring(
    Keeper keeper,
    Beats beats,
    Signals signals,
    Memberships memberships,
    MemberLocks locks,
    MonotonicClock clock) {}
