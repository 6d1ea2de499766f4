package dev.eventbus.cli.demo;

import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.conformance.history.Recorder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kills the broker's node that leads the demo's topic, and starts it again. Used by one thread. */
final class LeaderKill {

  /** Long enough that publishers and members meet a broker without the node. */
  private static final Duration AWAY = Duration.ofSeconds(2);

  private final NatsCluster servers;
  private final DemoTopic topic;
  private final Recorder recorder;
  private @Nullable BrokerNode victim;
  private long killedAt;

  LeaderKill(NatsCluster servers, DemoTopic topic, Recorder recorder) {
    this.servers = servers;
    this.topic = topic;
    this.recorder = recorder;
  }

  /** Kills the leader as {@code kill -9} does; false when no node leads the topic now. */
  boolean kill() {
    Optional<BrokerNode> leader = servers.leaderOf(topic.stream());
    leader.ifPresent(node -> {
      recorder.note("kill -9 for node " + node.name() + ", which leads the topic");
      node.kill();
      victim = node;
      killedAt = System.nanoTime();
    });
    return leader.isPresent();
  }

  /** Whether it has been away long enough. */
  boolean isOver() {
    return System.nanoTime() - killedAt > AWAY.toNanos();
  }

  /** Starts the node again; returns when the broker is whole. */
  void restart() {
    if (victim == null) {
      throw new IllegalStateException("nobody was killed");
    }
    victim.start();
    servers.awaitReady();
    recorder.note("node " + victim.name() + " is back");
  }

  /** What was done, for the eye. */
  String victim() {
    return victim == null ? "no node" : "node " + victim.name();
  }
}
