package dev.eventbus.driver.nats;

import dev.eventbus.Settings;
import dev.eventbus.spi.SettingSpec;
import java.util.List;

/**
 * What a subscription of the realtime profile keeps while its handlers are busy; what comes beyond is
 * dropped and counted (C3).
 *
 * @param events events, at most
 * @param bytes their bytes with subject and headers; beyond this many no further one is kept
 */
record CoreLimits(int events, long bytes) {

  static final String EVENTS = "NATS_REALTIME_BUFFER_EVENTS";
  static final String BYTES = "NATS_REALTIME_BUFFER_BYTES";

  static final List<SettingSpec> SPECS = List.of(
      SettingSpec.open(
          EVENTS,
          "65536",
          "Realtime profile: events that each subscription keeps while its handlers are busy; more"
              + " are dropped and counted."),
      SettingSpec.open(BYTES, "64MiB", "Realtime profile: bytes of them, likewise."));

  static CoreLimits of(Settings settings) {
    return new CoreLimits(
        settings.integer(EVENTS, 65_536, 1, Integer.MAX_VALUE), settings.bytes(BYTES, 64L << 20));
  }
}
