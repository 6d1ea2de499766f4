package dev.eventbus.driver.nats;

import dev.eventbus.Settings;

/** Whether JetStream is used. */
enum JetStreamChoice {
  /** The setting says true: without JetStream the driver does not open. */
  REQUIRED,
  /** The setting says false: the realtime profile. */
  OFF,
  /** It is unset. */
  UNSET;

  static final String SETTING = "NATS_USE_JETSTREAM";

  static JetStreamChoice of(Settings settings) {
    if (settings.find(SETTING) == null) {
      return UNSET;
    }
    return settings.flag(SETTING, true) ? REQUIRED : OFF;
  }
}
