package dev.eventbus.conformance;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** How to store an event that cannot be decoded (R6); empty where nobody can. */
  Optional<Corruption> corruption();

  /** How to let retention take events that are stored (S8); empty where the broker has none. */
  Optional<Retention> retention();

  /** How to stop and start the broker (O5, A7, A8, L2); empty where there is no server. */
  Optional<BrokerControl> control();

  /** The nodes of a broker that has several (O5); empty where it has one. */
  default Optional<Cluster> cluster() {
    return Optional.empty();
  }

  /**
   * A new connection of a plain client, which knows nothing of the bus (D3, D4); empty where none is
   * at hand.
   */
  default Optional<RawClient> raw() {
    return Optional.empty();
  }

  /** Settings that the broker must refuse (L6); empty where there is nothing to be refused. */
  default List<WrongCredentials> wrongCredentials() {
    return List.of();
  }

  /** What the broker's own tool shows of a group (F4); empty where it shows nothing. */
  default Optional<NativeLag> nativeLag() {
    return Optional.empty();
  }

  /** How to change topics behind the back of a bus (S9); empty where nobody can. */
  default Optional<NativeTopics> nativeTopics() {
    return Optional.empty();
  }

  /** Its processes now, which outlive a test (L4). */
  default Set<Long> processes() {
    return Set.of();
  }

  /** Takes the broker away. */
  @Override
  void close() throws IOException;

  /** Stores what cannot be decoded. */
  @FunctionalInterface
  interface Corruption {
    /**
     * Stores an event as the next of its key and makes it undecodable: by damage where it stands, or
     * as a plain client that gets it wrong.
     *
     * @param bus publishes to the topic; damage may need an event to begin with
     */
    void store(EventBus bus, String topic, Event event) throws Exception;
  }

  /** Makes events old. */
  @FunctionalInterface
  interface Retention {
    /** Settings of a bus under which stored events are removed after about a second. */
    Map<String, String> soon();

    /** Removes what is stored of a topic now, where a setting of a bus cannot bring that about. */
    default void take(String topic) throws Exception {}

    /** How well the driver can count what was removed. */
    default Counts counts() {
      return Counts.EXACT;
    }
  }

  /** How well a driver can count the events that retention has removed of one lane. */
  enum Counts {
    /** The broker numbers the events of each lane by themselves. */
    EXACT,
    /** Lanes share one sequence: at least what the lane has lost, at most what all have. */
    AT_MOST
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

  /** The nodes of a broker, each of which can be stopped and started. */
  interface Cluster {
    /** All of them, in an order that stays. */
    List<BrokerControl> nodes();

    /** The one that leads a topic now. */
    BrokerControl leaderOf(String topic) throws Exception;

    /** Returns when every node that runs has caught up. */
    void awaitReady() throws Exception;
  }

  /** A plain client. Used by one thread. */
  interface RawClient extends AutoCloseable {
    /** Puts a message on a topic and waits until it is stored. */
    void put(String topic, RawMessage message) throws Exception;

    /** Whether the broker's messages have headers, for plain clients too. */
    default boolean hasHeaders() {
      return true;
    }

    /** What is stored of a topic; the events of each key by their order. */
    List<RawMessage> stored(String topic) throws Exception;

    /** The header that has a CloudEvents attribute, such as {@code ce-id}. */
    String headerOf(String attribute);

    /** The text of a header's value where the broker's binding of CloudEvents encodes it. */
    default String decoded(String value) {
      return value;
    }

    @Override
    void close() throws IOException;
  }

  /**
   * A message as a plain client sees it.
   *
   * @param key its key where the broker has one; null without
   * @param headers its headers
   * @param payload its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // a message in transit, never compared
  record RawMessage(@Nullable String key, Map<String, String> headers, byte[] payload) {
    public RawMessage {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Settings that the broker must refuse.
   *
   * @param settings all that a bus connects with
   * @param setting the one that is wrong, which the error must name
   * @param secret its value, which no text may show
   */
  record WrongCredentials(Map<String, String> settings, String setting, String secret) {
    public WrongCredentials {
      settings = Map.copyOf(settings);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "a wrong " + setting;
    }
  }

  /** The broker's own view of a group. */
  @FunctionalInterface
  interface NativeLag {
    /** Stored events of a topic that a group has not settled. */
    long of(String topic, String group) throws Exception;
  }

  /** Changes topics as an administrator does with the broker's own tool. */
  @FunctionalInterface
  interface NativeTopics {
    /** Removes a topic with all that is stored. */
    void remove(String topic) throws Exception;
  }

  /** Further settings with which a bus has the realtime profile (C1–C4); empty: there is none. */
  default Optional<Map<String, String>> realtime() {
    return Optional.empty();
  }
}
