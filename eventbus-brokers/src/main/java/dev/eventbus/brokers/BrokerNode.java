package dev.eventbus.brokers;

/**
 * One process of a broker, which can be ended and started again. Safe for use by several threads.
 *
 * <p>Every method throws {@link BrokerException} when it cannot do what it says.
 */
public interface BrokerNode {

  /** Its name within the broker, for example {@code n1}. */
  String name();

  /** Where clients reach this node; the same after every start. */
  String url();

  /**
   * The id of its process.
   *
   * @throws BrokerException if it does not run
   */
  long pid();

  /** Whether its process lives, paused or not. */
  boolean isRunning();

  /** Asks it to end (SIGTERM) and waits; kills it when it takes longer than 10 s. */
  void stop();

  /** Ends it as {@code kill -9} does, and waits. */
  void kill();

  /** Freezes it (SIGSTOP): it answers nobody and closes nothing. */
  void pause();

  /** Lets it go on after {@link #pause()} (SIGCONT). */
  void resume();

  /**
   * Starts it again on the same ports and the same files. Returns when it answers; a cluster may
   * still be without a leader, see {@link LocalBroker#awaitReady()}.
   */
  void start();
}
