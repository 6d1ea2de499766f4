package dev.eventbus.conformance.sabotage;

import dev.eventbus.Capabilities;
import dev.eventbus.Health;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.util.concurrent.CompletionStage;

/** A driver that does what another does. */
class DelegatingDriver implements Driver {

  private final Driver driver;

  DelegatingDriver(Driver driver) {
    this.driver = driver;
  }

  @Override
  public Capabilities capabilities() {
    return driver.capabilities();
  }

  @Override
  public DriverTraits traits() {
    return driver.traits();
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    return driver.writer(topic);
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    return driver.join(request, observer);
  }

  @Override
  public TopicAdmin admin() {
    return driver.admin();
  }

  @Override
  public Health health() {
    return driver.health();
  }

  @Override
  public void close() {
    driver.close();
  }
}
