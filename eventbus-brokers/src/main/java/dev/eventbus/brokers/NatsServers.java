package dev.eventbus.brokers;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts nats-server, version 2.11 or later.
 *
 * <p>The binary is, in this order: the one that {@code EVENTBUS_NATS_SERVER} names, {@code
 * nats-server} on the {@code PATH}, the one in the cache directory ({@code
 * $XDG_CACHE_HOME/eventbus}, else {@code ~/.cache/eventbus}), or one that Go builds into that
 * directory, which takes about half a minute once.
 */
public final class NatsServers {

  private static final Logger LOG = LoggerFactory.getLogger(NatsServers.class);

  private NatsServers() {}

  /**
   * Starts what the specification says, with this process's environment.
   *
   * @return when it answers, and a cluster has a leader
   * @throws BrokerException if there is no binary and none can be built, a port is taken, or the
   *     server ends; the text has the end of its log. Nothing is left running
   */
  public static NatsCluster start(NatsSpec spec) {
    return start(spec, System.getenv());
  }

  /**
   * As {@link #start(NatsSpec)}, with another environment to find the binary by.
   *
   * @param environment {@code EVENTBUS_NATS_SERVER}, {@code PATH}, {@code XDG_CACHE_HOME}, {@code
   *     HOME}
   */
  public static NatsCluster start(NatsSpec spec, Map<String, String> environment) {
    return NatsCluster.start(spec, binary(environment, LOG::info));
  }

  /**
   * The binary that {@link #start(NatsSpec, Map)} would start; found, or built now.
   *
   * @param news is told what takes long, a sentence each
   * @throws BrokerException if there is none and none can be built; the text lists all ways out
   */
  public static Path binary(Map<String, String> environment, Consumer<String> news) {
    return new NatsBinary(environment, news).find();
  }
}
