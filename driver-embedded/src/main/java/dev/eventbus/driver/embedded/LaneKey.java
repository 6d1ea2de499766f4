package dev.eventbus.driver.embedded;

/** One ownership of a lane; what a change must match (the fence). */
record LaneKey(long group, long lane, long epoch, long owner) {}
