package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicInfo;
import dev.eventbus.spi.TopicRequest;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Looks at topics and groups through JetStream's own interface, and moves groups. */
final class JetStreamAdmin implements TopicAdmin {

  private final JetStreamParts parts;
  private final JetStreamManagement management;

  JetStreamAdmin(JetStreamParts parts, JetStreamManagement management) {
    this.parts = parts;
    this.management = management;
  }

  @Override
  public List<TopicInfo> topics() {
    return asked("the topics", management::getStreams).stream()
        .flatMap(JetStreamAdmin::topicInfo)
        .sorted(Comparator.comparing(TopicInfo::name))
        .toList();
  }

  private static Stream<TopicInfo> topicInfo(StreamInfo info) {
    String topic = StreamShape.topicOf(info.getConfiguration());
    int lanes = StreamShape.lanesOf(info.getConfiguration()).orElse(0);
    return topic == null || lanes == 0
        ? Stream.empty()
        : Stream.of(new TopicInfo(topic, lanes, info.getStreamState().getMsgCount()));
  }

  @Override
  public Optional<TopicInfo> topic(String name) {
    StreamInfo info = Blocking.get(parts.streams().find(NatsNames.stream(name)), "topic " + name);
    return info == null ? Optional.empty() : topicInfo(info).findFirst();
  }

  private StreamInfo existing(String topic) {
    StreamInfo info = Blocking.get(parts.streams().find(NatsNames.stream(topic)), "topic " + topic);
    if (info == null) {
      throw new DriverException(
          NatsError.NOT_FOUND, "There is no topic \"" + topic + "\" on this nats-server.");
    }
    return info;
  }

  @Override
  public List<String> groups(String topic) {
    existing(topic);
    var groups = new TreeSet<String>();
    for (ConsumerInfo info : consumers(topic)) {
      Map<String, String> metadata = info.getConsumerConfiguration().getMetadata();
      String group = metadata == null ? null : metadata.get(LaneConsumers.GROUP);
      if (group != null) {
        groups.add(group);
      }
    }
    return List.copyOf(groups);
  }

  private List<ConsumerInfo> consumers(String topic) {
    String stream = NatsNames.stream(topic);
    return asked("the groups of topic " + topic, () -> management.getConsumers(stream));
  }

  @Override
  public List<LaneLag> lag(String topic, String group) {
    var lag = new ArrayList<LaneLag>();
    for (ConsumerInfo info : laneConsumers(topic, group)) {
      lag.add(new LaneLag(lag.size(), info.getNumPending() + info.getNumAckPending()));
    }
    return lag;
  }

  private List<ConsumerInfo> laneConsumers(String topic, String group) {
    StreamInfo stream = existing(topic);
    int lanes = StreamShape.lanesOf(stream.getConfiguration()).orElse(0);
    var infos = new ArrayList<ConsumerInfo>();
    for (int lane = 0; lane < lanes; lane++) {
      String consumer = NatsNames.consumer(group, lane);
      infos.add(Blocking.get(
          parts
              .calls()
              .persist(
                  () -> parts.calls().consumerInfo(stream.getConfiguration().getName(), consumer)),
          "group \"" + group + "\" of topic \"" + topic + "\""));
    }
    return infos;
  }

  @Override
  public void replay(String topic, String group, StartAt to) {
    List<ConsumerInfo> consumers = laneConsumers(topic, group);
    for (int lane = 0; lane < consumers.size(); lane++) {
      refuseWhileOwned(topic, group, lane);
    }
    var request = new JoinRequest(
        new TopicRequest(topic, LaneCount.advised()),
        group,
        JoinRequest.GroupKind.DURABLE,
        to,
        Duration.ofSeconds(30));
    TopicStream stream = Blocking.get(parts.streams().open(request.topic()), "topic " + topic);
    for (int lane = 0; lane < stream.lanes(); lane++) {
      move(stream, request, lane);
    }
  }

  private void refuseWhileOwned(String topic, String group, int lane) {
    String what = "the record of group \"" + group + "\"";
    Ledger.Entry entry =
        Blocking.get(parts.ledger().read(NatsNames.recordKey(topic, group, lane)), what);
    String owner = entry.page().owner();
    if (!owner.isEmpty()
        && Blocking.get(parts.ledger().lives(NatsNames.memberKey(topic, group, owner)), what)) {
      throw busy(topic, group, lane);
    }
  }

  private static DriverException busy(String topic, String group, int lane) {
    return new DriverException(
        NatsError.GROUP_BUSY,
        "Group \"" + group + "\" of topic \"" + topic + "\" cannot be moved while a member of it"
            + " runs (lane " + lane + " is owned): stop its members, or wait until the lease of"
            + " one that died has ended.");
  }

  /** The record goes first: without one the next owner takes every event as a new one. */
  private void move(TopicStream stream, JoinRequest request, int lane) {
    String what = "lane " + lane + " of group \"" + request.group() + "\"";
    String key = NatsNames.recordKey(stream.topic(), request.group(), lane);
    Ledger.Entry entry = Blocking.get(parts.ledger().read(key), what);
    Blocking.get(
        parts
            .ledger()
            .write(key, entry.revision(), "", Ledger.Page.BLANK)
            .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                ServerCalls.cause(failure) instanceof Ledger.StaleRevisionException
                    ? busy(stream.topic(), request.group(), lane)
                    : ServerCalls.cause(failure))),
        what);
    String consumer = NatsNames.consumer(request.group(), lane);
    Blocking.get(parts.calls().deleteConsumer(stream.name(), consumer), what);
    Blocking.get(
        parts.consumers().create(stream, request, lane, LaneConsumers.startOf(request.start())),
        what);
  }

  private static <T> T asked(String what, Callable<T> call) {
    try {
      return call.call();
    } catch (JetStreamApiException refused) {
      throw Refusals.explained(
          what, new ServerRefusal(refused.getApiErrorCode(), refused.getErrorDescription()));
    } catch (IOException | RuntimeException failed) {
      throw Refusals.explained(what, failed);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
