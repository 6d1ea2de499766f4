package dev.eventbus.driver.nats;

import dev.eventbus.Settings;
import java.time.Duration;

/**
 * How long and how often to try.
 *
 * @param connectTimeout for the first connect, over all addresses together
 * @param reconnectWait between two attempts at the same server
 * @param maxReconnects attempts for each server before the connection is given up; -1: no limit
 */
record NatsTiming(Duration connectTimeout, Duration reconnectWait, int maxReconnects) {

  static final String CONNECT_TIMEOUT = "NATS_CONNECT_TIMEOUT";
  static final String RECONNECT_WAIT = "NATS_RECONNECT_WAIT";
  static final String MAX_RECONNECTS = "NATS_MAX_RECONNECTS";

  static NatsTiming of(Settings settings) {
    return new NatsTiming(
        settings.duration(CONNECT_TIMEOUT, Duration.ofSeconds(5)),
        settings.duration(RECONNECT_WAIT, Duration.ofSeconds(2)),
        settings.integer(MAX_RECONNECTS, -1, -1, Integer.MAX_VALUE));
  }
}
