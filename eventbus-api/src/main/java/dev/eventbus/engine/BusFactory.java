package dev.eventbus.engine;

import dev.eventbus.ConnectOptions;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;

/** Joins engine and driver. */
public final class BusFactory {

  private BusFactory() {}

  /** See {@link EventBus#connect(Settings, ConnectOptions)}. */
  public static EventBus connect(Settings settings, ConnectOptions options) {
    throw new IllegalStateException("to come");
  }
}
