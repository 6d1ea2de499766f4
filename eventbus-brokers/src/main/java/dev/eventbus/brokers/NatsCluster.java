package dev.eventbus.brokers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One nats-server, or a cluster of three. Safe for use by several threads. */
public final class NatsCluster implements LocalBroker {

  private static final Logger LOG = LoggerFactory.getLogger(NatsCluster.class);
  private static final Duration READY_LIMIT = Duration.ofSeconds(30);
  private static final int MOST_STARTS = 5;

  private final List<NatsNode> nodes;
  private final NatsSpec spec;
  private final Thread hook = new Thread(this::endAll, "eventbus-brokers end");

  private NatsCluster(NatsSpec spec, List<NatsNode> nodes) {
    this.spec = spec;
    this.nodes = nodes;
  }

  /** Free ports can be taken by others before the server binds them: then it takes others. */
  static NatsCluster start(NatsSpec spec, Path binary) {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(spec, binary);
      } catch (PortTakenException taken) {
        if (spec.port() != 0 || attempt == MOST_STARTS) {
          throw taken.failure();
        }
        LOG.debug("a free port was taken meanwhile, trying others", taken);
      }
    }
  }

  private static NatsCluster startOnce(NatsSpec spec, Path binary) throws PortTakenException {
    NatsDirectories.check(spec);
    List<NatsPorts> ports = NatsPorts.free(spec);
    List<NatsNode> nodes = NatsConfig.all(spec, ports).stream()
        .map(config -> new NatsNode(config, binary))
        .toList();
    var cluster = new NatsCluster(spec, nodes);
    Runtime.getRuntime().addShutdownHook(cluster.hook);
    boolean started = false;
    try {
      for (NatsNode node : nodes) {
        node.launchFirst();
      }
      for (NatsNode node : nodes) {
        node.awaitFirstAnswer();
      }
      cluster.awaitReady();
      started = true;
      return cluster;
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  @Override
  public String kind() {
    return "nats";
  }

  /** Driver and addresses; for a cluster also that each node keeps a copy of every stream. */
  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("COZE_MQ_TYPE", kind());
    settings.put("NATS_SERVER_URL", url());
    if (nodes.size() > 1) {
      settings.put("NATS_STREAM_REPLICAS", Integer.toString(nodes.size()));
    }
    return Collections.unmodifiableMap(settings);
  }

  /** The clients' addresses of all nodes, joined by commas. */
  public String url() {
    return nodes.stream().map(NatsNode::url).collect(Collectors.joining(","));
  }

  /** The monitoring addresses of all nodes, over HTTP, in their order. */
  public List<String> monitoringUrls() {
    return nodes.stream().map(NatsNode::monitoringUrl).toList();
  }

  @Override
  public List<BrokerNode> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * The node that leads a stream now, of whichever account has one of that name; empty where no
   * running node knows a leader that runs.
   */
  public Optional<BrokerNode> leaderOf(String stream) {
    return nodes.stream()
        .filter(NatsNode::answers)
        .map(node -> node.monitor().leaderOf(stream))
        .flatMap(Optional::stream)
        .findFirst()
        .flatMap(this::running);
  }

  private Optional<BrokerNode> running(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name) && node.answers())
        .map(BrokerNode.class::cast)
        .findFirst();
  }

  @Override
  public void awaitReady() {
    long start = System.nanoTime();
    for (NatsNode node : nodes) {
      if (node.answers()) {
        node.awaitHealth(READY_LIMIT.minusNanos(System.nanoTime() - start), this::isReady);
      }
    }
  }

  private boolean isReady(NatsMonitor monitor) {
    if (!monitor.isHealthy()) {
      return false;
    }
    return nodes.size() == 1
        || spec.storage() == NatsSpec.Storage.NONE
        || monitor.metaLeader().flatMap(this::running).isPresent();
  }

  @Override
  public void stop() {
    nodes.forEach(NatsNode::terminate);
    nodes.forEach(NatsNode::awaitTermination);
  }

  @Override
  public void release() {
    removeHook();
    nodes.forEach(NatsNode::release);
  }

  @Override
  public void close() {
    killAll();
    removeHook();
  }

  /** The virtual machine ends: whoever can ends in good order, all at once. */
  private void endAll() {
    stop();
    killAll();
  }

  private void killAll() {
    nodes.forEach(NatsNode::retire);
  }

  @Override
  public void dropShutdownHook() {
    removeHook();
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      LOG.trace("the hook runs already", shuttingDown);
    }
  }

  /** Names the addresses. */
  @Override
  public String toString() {
    return "nats " + url();
  }
}
