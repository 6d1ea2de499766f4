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
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A nats-server without JetStream, drivers on it and plain clients; ends all of them. */
final class CoreBroker implements AutoCloseable {

  private static final AtomicLong SEQUENCE = new AtomicLong();

  final NatsCluster server;
  private final List<CoreDriver> drivers = new ArrayList<>();
  private final List<Connection> clients = new ArrayList<>();

  CoreBroker(Path directory, int maxPayload) {
    server = NatsServers.start(
        NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE).withMaxPayload(maxPayload));
  }

  /** A driver with a connection of its own, as the provider opens it. */
  CoreDriver driver() {
    return driver(Map.of());
  }

  CoreDriver driver(Map<String, String> more) {
    var settings = Settings.of(server.settings()).with(NatsTiming.RECONNECT_WAIT, "100ms");
    for (Map.Entry<String, String> setting : more.entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    Connection connection = new NatsConnector(NatsConfig.of(settings))
        .connect(new NatsHooks("test", (source, event) -> {}, new ErrorListener() {}));
    var driver = new CoreDriver(connection, CoreLimits.of(settings), System::nanoTime);
    drivers.add(driver);
    return driver;
  }

  /** A client that knows nothing of the bus. */
  Connection client() throws IOException, InterruptedException {
    Connection client = Nats.connect(server.url());
    clients.add(client);
    return client;
  }

  static Membership join(CoreDriver driver, String topic, String group, LaneObserver observer) {
    return join(driver, topic, group, GroupKind.DURABLE, observer);
  }

  static Membership join(
      CoreDriver driver, String topic, String group, GroupKind kind, LaneObserver observer) {
    return driver.join(
        new JoinRequest(
            new TopicRequest(topic, LaneCount.advised()),
            group,
            kind,
            StartAt.latest(),
            Duration.ofSeconds(10)),
        observer);
  }

  static TopicWriter writer(CoreDriver driver, String topic) throws Exception {
    return driver
        .writer(new TopicRequest(topic, LaneCount.advised()))
        .toCompletableFuture()
        .get(10, SECONDS);
  }

  static CompletionStage<Position> append(TopicWriter writer, Event event) {
    return writer.append(
        new Append(0, event, new MessageId.Sequential("test", SEQUENCE.incrementAndGet())));
  }

  @Override
  public void close() {
    drivers.forEach(CoreDriver::close);
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
