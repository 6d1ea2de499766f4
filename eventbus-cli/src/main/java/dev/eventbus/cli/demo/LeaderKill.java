package dev.eventbus.cli.demo;

import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.Recorder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kills the broker's node that leads the demo's topic, and starts it again. Used by one thread at a time. */
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
      record(BrokerEvent.KILLED, "kill -9 for node %s of the broker, which leads the topic", node);
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
  @Nullable
  Void restart() {
    if (victim == null) {
      throw new IllegalStateException("nobody was killed");
    }
    victim.start();
    servers.awaitReady();
    record(BrokerEvent.BACK, "node %s of the broker is back", victim);
    return null;
  }

  private void record(BrokerEvent what, String text, BrokerNode node) {
    recorder.add(at -> new BrokerFault(at, what, text.formatted(node.name())));
  }
}
