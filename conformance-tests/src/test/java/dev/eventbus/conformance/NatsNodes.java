package dev.eventbus.conformance;

import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.conformance.BrokerFixture.BrokerControl;
import dev.eventbus.conformance.BrokerFixture.Cluster;
import java.util.List;

/** The nodes of a cluster, one by one. */
record NatsNodes(NatsCluster servers) implements Cluster {

  @Override
  public List<BrokerControl> nodes() {
    return servers.nodes().stream().map(NatsNodes::control).toList();
  }

  @Override
  public BrokerControl leaderOf(String topic) {
    return servers
        .leaderOf(NatsPlainClient.stream(topic))
        .map(NatsNodes::control)
        .orElseThrow(() -> new IllegalStateException("nobody leads " + topic));
  }

  private static BrokerControl control(BrokerNode node) {
    return new OneNode(node);
  }

  @Override
  public void awaitReady() {
    servers.awaitReady();
  }

  private record OneNode(BrokerNode node) implements BrokerControl {

    @Override
    public void stop() {
      node.stop();
    }

    @Override
    public void kill() {
      node.kill();
    }

    @Override
    public void start() {
      node.start();
    }

    @Override
    public void pause() {
      node.pause();
    }

    @Override
    public void resume() {
      node.resume();
    }
  }
}
