package dev.eventbus.engine;

import dev.eventbus.ConnectOptions;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverProvider;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.OpenRequest;

/** Joins engine and driver. */
public final class BusFactory {

  private static final int MAX_LANES = 1024;

  private BusFactory() {}

  /** See {@link EventBus#connect(Settings, ConnectOptions)}. */
  public static EventBus connect(Settings settings, ConnectOptions options) {
    return connect(DriverSelection.load().pick(settings), settings, options);
  }

  /** Connects through a driver that need not be found, whatever the settings name. */
  public static EventBus connect(
      DriverProvider provider, Settings settings, ConnectOptions options) {
    LaneCount lanes = lanes(settings);
    var runtime = new LiveRuntime(options.handlerExecutor());
    try {
      Driver driver = provider.open(new OpenRequest(settings, runtime));
      return new Engine(driver, runtime, options, lanes);
    } catch (RuntimeException refused) {
      runtime.close();
      throw refused;
    }
  }

  /** A bus over a driver that is already open, for simulations and benchmarks of the engine. */
  public static EventBus over(Driver driver, EngineRuntime runtime, ConnectOptions options) {
    return new Engine(driver, runtime, options, LaneCount.advised());
  }

  /** The real clock and threads. */
  public static EngineRuntime liveRuntime(ConnectOptions options) {
    return new LiveRuntime(options.handlerExecutor());
  }

  private static LaneCount lanes(Settings settings) {
    return settings.find(Settings.LANES) == null
        ? LaneCount.advised()
        : LaneCount.demanded(settings.integer(Settings.LANES, LaneCount.DEFAULT, 1, MAX_LANES));
  }
}
