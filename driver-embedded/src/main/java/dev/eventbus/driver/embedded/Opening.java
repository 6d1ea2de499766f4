package dev.eventbus.driver.embedded;

import dev.eventbus.DriverException;
import dev.eventbus.spi.MonotonicClock;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database on a thread of its own: the caller's could be interrupted, and waits no longer
 * than the connect timeout.
 */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final EmbeddedConfig config;
  private final MonotonicClock clock;
  private final Location location;
  private final SharedFile shared;
  private final Store store;
  private final CompletableFuture<Parts> opened = new CompletableFuture<>();
  private final StoppableThread thread;

  Opening(EmbeddedConfig config, MonotonicClock clock) {
    this.config = config;
    this.clock = clock;
    this.location = Location.of(config.file());
    this.shared = SharedFile.open(location);
    this.store = new Store(location, shared);
    this.thread = new StoppableThread("eventbus-embedded-open", shared.writeLock(), this::run);
  }

  /**
   * The parts, not started.
   *
   * @throws DriverException if the database cannot be opened; nothing is left behind
   */
  Parts open() {
    thread.start();
    try {
      return Waiting.get(opened, Waiting.CONNECT, this::late);
    } catch (DriverException failure) {
      thread.giveUp();
      thread.finish();
      free();
      throw failure;
    }
  }

  private String late() {
    return Texts.locked(location, shared.writeLock().holder(), Waiting.CONNECT.toSeconds());
  }

  private void run() {
    try {
      if (!store.create(thread::stopped)) {
        return;
      }
      Signals signals = Signals.open();
      try {
        if (!opened.complete(Parts.of(config, store, shared, signals, clock))) {
          signals.close();
        }
      } catch (StoreException failure) {
        signals.close();
        throw failure;
      }
    } catch (StoreException failure) {
      opened.completeExceptionally(failure.toDriverException());
    } catch (IOException | RuntimeException failure) {
      opened.completeExceptionally(failure);
    }
  }

  private void free() {
    try {
      store.close();
      shared.close();
    } catch (SQLException | IOException failure) {
      LOG.warn("Giving up the database {} failed", location, failure);
    }
  }
}
