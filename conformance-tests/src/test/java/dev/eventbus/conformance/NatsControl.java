package dev.eventbus.conformance;

import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.conformance.BrokerFixture.BrokerControl;

/** Does to all nodes of a broker what the kit asks for. */
record NatsControl(NatsCluster servers) implements BrokerControl {

  @Override
  public void stop() {
    servers.stop();
  }

  @Override
  public void kill() {
    servers.nodes().stream().filter(BrokerNode::isRunning).forEach(BrokerNode::kill);
  }

  @Override
  public void start() {
    servers.nodes().stream().filter(node -> !node.isRunning()).forEach(BrokerNode::start);
    servers.awaitReady();
  }

  @Override
  public void pause() {
    servers.nodes().forEach(BrokerNode::pause);
  }

  @Override
  public void resume() {
    servers.nodes().forEach(BrokerNode::resume);
  }
}
