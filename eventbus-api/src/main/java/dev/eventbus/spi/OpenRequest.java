package dev.eventbus.spi;

import dev.eventbus.Settings;

/**
 * What a driver is opened with.
 *
 * @param settings all settings; the driver reads those of {@link DriverProvider#settings()}
 * @param clock the time that leases are measured with
 */
public record OpenRequest(Settings settings, MonotonicClock clock) {}
