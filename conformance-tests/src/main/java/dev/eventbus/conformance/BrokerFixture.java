package dev.eventbus.conformance;

import dev.eventbus.Published;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fresh broker for tests, and what can be done to it. */
public interface BrokerFixture extends AutoCloseable {

  /** The driver's id, as the report names it. */
  String driver();

  /** What a bus connects with. */
  Map<String, String> settings();

  /** Settings of a broker that is not there (L3). */
  Map<String, String> absentBroker();

  /** Options for the virtual machines of member processes, such as where to find a library. */
  List<String> jvmOptions();

  /** How to make a stored event undecodable (R6); empty where nobody can. */
  Optional<Corruption> corruption();

  /** How to let retention take events that are stored (S8); empty where the broker has none. */
  Optional<Retention> retention();

  /** How to stop and start the broker (O5, A7, A8, L2); empty where there is no server. */
  Optional<BrokerControl> control();

  /** Takes the broker away. */
  @Override
  void close() throws IOException;

  /** Damages what is stored. */
  @FunctionalInterface
  interface Corruption {
    /** Makes the event undecodable where it stands. */
    void corrupt(Published event) throws Exception;
  }

  /** Makes events old. */
  @FunctionalInterface
  interface Retention {
    /** Settings of a bus under which stored events are removed after about a second. */
    Map<String, String> soon();
  }

  /** Stops and starts a broker. */
  interface BrokerControl {
    /** Stops it in good order. */
    void stop() throws Exception;

    /** Kills it with -9. */
    void kill() throws Exception;

    /** Starts it again with what it had stored; returns when it answers. */
    void start() throws Exception;

    /** Freezes it (SIGSTOP): it answers nobody and closes nothing. */
    void pause() throws Exception;

    /** Lets it go on after {@link #pause()} (SIGCONT). */
    void resume() throws Exception;
  }
}
