package dev.eventbus.driver.nats;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.eventbus.Event;
import dev.eventbus.Settings;
import dev.eventbus.StartAt;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A nats-server with JetStream, drivers on it and plain clients; ends all of them. */
final class LaneBroker implements AutoCloseable {

  static final Duration SHORT_LEASE = Duration.ofSeconds(2);
  private static final AtomicLong SEQUENCE = new AtomicLong();

  final NatsCluster server;
  private final List<JetStreamDriver> drivers = new ArrayList<>();
  private final List<Connection> clients = new ArrayList<>();

  LaneBroker(Path directory) {
    this(NatsSpec.in(directory));
  }

  LaneBroker(NatsSpec spec) {
    server = NatsServers.start(spec);
  }

  /** A driver with a connection of its own, as the provider opens it. */
  JetStreamDriver driver(String... settings) {
    var all = Settings.of(server.settings()).with(NatsTiming.RECONNECT_WAIT, "100ms");
    for (int i = 0; i < settings.length; i += 2) {
      all = all.with(settings[i], settings[i + 1]);
    }
    JetStreamDriver driver = new JetStreamOpening(NatsConfig.of(all), System::nanoTime).open();
    drivers.add(driver);
    return driver;
  }

  /** A client that knows nothing of the bus. */
  Connection client() throws IOException, InterruptedException {
    Connection client = Nats.connect(server.url());
    clients.add(client);
    return client;
  }

  JetStreamManagement management() throws IOException, InterruptedException {
    return client().jetStreamManagement();
  }

  static TopicRequest topic(String name, int lanes) {
    return new TopicRequest(name, LaneCount.demanded(lanes));
  }

  static JoinRequest request(TopicRequest topic, String group, Duration lease) {
    return new JoinRequest(topic, group, GroupKind.DURABLE, StartAt.earliest(), lease);
  }

  static Membership join(
      JetStreamDriver driver, TopicRequest topic, String group, LaneObserver observer) {
    return driver.join(request(topic, group, SHORT_LEASE), observer);
  }

  static Membership joinEach(
      JetStreamDriver driver, TopicRequest topic, String group, LaneObserver observer) {
    return driver.join(
        new JoinRequest(topic, group, GroupKind.EPHEMERAL, StartAt.latest(), SHORT_LEASE),
        observer);
  }

  static TopicWriter writer(JetStreamDriver driver, TopicRequest topic) throws Exception {
    return driver.writer(topic).toCompletableFuture().get(30, SECONDS);
  }

  static Position append(TopicWriter writer, int lane, Event event) throws Exception {
    return append(
        writer,
        new Append(lane, event, new MessageId.Sequential("test", SEQUENCE.incrementAndGet())));
  }

  static Position append(TopicWriter writer, Append append) throws Exception {
    return writer.append(append).toCompletableFuture().get(30, SECONDS);
  }

  static void publish(TopicWriter writer, int lane, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      append(writer, lane, Event.of("key", Integer.toString(i)));
    }
  }

  @Override
  public void close() {
    drivers.forEach(JetStreamDriver::close);
    try {
      for (Connection client : clients) {
        client.close();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      server.close();
    }
  }
}
