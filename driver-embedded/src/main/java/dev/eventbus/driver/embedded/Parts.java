package dev.eventbus.driver.embedded;

import dev.eventbus.spi.MonotonicClock;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a driver is made of, wired together.
 *
 * @param log stores events
 * @param loop reads, and calls the observers
 * @param wiring the rest, which members work with
 * @param admin answers administrators
 * @param trouble what is wrong
 * @param store the connections
 * @param shared the locks
 */
record Parts(
    LogWriter log,
    ReadLoop loop,
    Wiring wiring,
    EmbeddedAdmin admin,
    Trouble trouble,
    Store store,
    SharedFile shared)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /** Connects and wires; starts no thread. */
  static Parts of(
      EmbeddedConfig config, Store store, SharedFile shared, Signals signals, MonotonicClock clock)
      throws StoreException {
    WriteLock lock = shared.writeLock();
    var publishHealth = new StoreHealth();
    WriteSession publishing = store.writer(Store.Sync.FULL);
    var log = new LogWriter(
        publishing,
        new LogTable(publishing, store.location()),
        publishHealth,
        lock,
        signals::topicChanged);

    var keeperHealth = new StoreHealth();
    WriteSession keeping = store.writer(Store.Sync.NORMAL);
    var beats = new Beats(clock);
    var retention = new Retention(keeping, config, clock);
    var keeper = new Keeper(keeping, beats, retention, keeperHealth, clock, lock);

    ReadSession reading = store.reader();
    var watch = new DeathWatch(shared.memberLocks());
    var memberships = new Memberships(new ReadTable(reading), watch, signals, clock);
    var trouble = new Trouble(publishHealth, keeperHealth, keeper, lock, store.location(), clock);
    var loop = new ReadLoop(signals, memberships, new LaneReader(reading), keeper, trouble, lock);
    var wiring = new Wiring(keeper, beats, signals, memberships, shared.memberLocks(), clock);
    var admin = new EmbeddedAdmin(new AdminTable(reading), wiring);
    return new Parts(log, loop, wiring, admin, trouble, store, shared);
  }

  void start() {
    log.start();
    wiring.keeper().start();
    loop.start();
  }

  /** What to say when the write lock was not to be had in time. */
  String lateText() {
    return Texts.locked(store.location(), shared.writeLock().holder(), Waiting.CALL.toSeconds());
  }

  /** Ends the threads in the order in which they use each other, then gives everything back. */
  @Override
  public void close() {
    wiring.beats().members().forEach(GroupMember::leaveIfThere);
    log.close();
    wiring.keeper().close();
    loop.close();
    free("wake-ups", wiring.signals()::close);
    free("connections", store::close);
    free("lock files", shared::close);
  }

  /** Gives one thing back. */
  private interface Freeing {
    void free() throws IOException, SQLException;
  }

  private static void free(String what, Freeing freeing) {
    try {
      freeing.free();
    } catch (IOException | SQLException failure) {
      LOG.warn("Closing the {} of the database failed", what, failure);
    }
  }
}
