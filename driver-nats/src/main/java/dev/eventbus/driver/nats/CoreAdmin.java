package dev.eventbus.driver.nats;

import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import dev.eventbus.UnsupportedCapabilityException;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicInfo;
import java.util.List;
import java.util.Optional;

/** Core NATS keeps no topics and no groups, so there is nothing to look at. */
final class CoreAdmin implements TopicAdmin {

  @Override
  public List<TopicInfo> topics() {
    throw notOffered("F4");
  }

  @Override
  public Optional<TopicInfo> topic(String name) {
    throw notOffered("F4");
  }

  @Override
  public List<String> groups(String topic) {
    throw notOffered("F4");
  }

  @Override
  public List<LaneLag> lag(String topic, String group) {
    throw notOffered("F4");
  }

  @Override
  public void replay(String topic, String group, StartAt to) {
    throw notOffered("S7");
  }

  private static UnsupportedCapabilityException notOffered(String clause) {
    return new UnsupportedCapabilityException(
        CoreCapabilities.DRIVER, clause, CoreCapabilities.WAY_OUT);
  }
}
