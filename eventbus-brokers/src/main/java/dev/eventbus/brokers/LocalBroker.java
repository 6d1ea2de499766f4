package dev.eventbus.brokers;

import java.util.List;
import java.util.Map;

/**
 * A broker of one or more processes on this machine, bound to 127.0.0.1. Safe for use by several
 * threads.
 *
 * <p>It ends with {@link #close()}, and with this virtual machine unless that is killed.
 */
public interface LocalBroker extends AutoCloseable {

  /** Its kind, which is the driver's id, for example {@code nats}. */
  String kind();

  /** What a bus connects with: the driver and the addresses. */
  Map<String, String> settings();

  /** Its processes, running or not. */
  List<BrokerNode> nodes();

  /**
   * Returns when it takes work: every node that is neither ended nor paused is healthy, and a
   * cluster has a leader.
   *
   * @throws BrokerException when that is not so within 30 s
   */
  void awaitReady();

  /** Ends every node in good order, all at once. They can be started again. */
  void stop();

  /**
   * Lets it outlive the beginning of this virtual machine's end, for whoever needs it to end in good
   * order; {@link #close()} is then up to the caller, in a shutdown hook of its own.
   */
  void dropShutdownHook();

  /** Leaves the processes running for good: from now on {@link #close()} does nothing. */
  void release();

  /** Kills what is left and waits for its end. Files stay. */
  @Override
  void close();
}
