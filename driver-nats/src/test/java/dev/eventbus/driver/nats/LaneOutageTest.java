package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.LaneBroker.join;
import static dev.eventbus.driver.nats.LaneBroker.publish;
import static dev.eventbus.driver.nats.LaneBroker.topic;
import static dev.eventbus.driver.nats.LaneBroker.writer;
import static dev.eventbus.driver.nats.LaneRecorder.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.EventBusException;
import dev.eventbus.Health;
import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server goes away, for a while or for good. */
class LaneOutageTest {

  private static final TopicRequest TOPIC = topic("orders", 2);

  @TempDir
  private Path directory;

  private LaneBroker broker;
  private BrokerNode node;

  @BeforeEach
  void start() {
    broker = new LaneBroker(directory);
    node = broker.server.nodes().get(0);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void membersOfARestartedServerKeepTheirLanesAndGoOn() throws Exception {
    var first = new LaneRecorder();
    var second = new LaneRecorder();
    join(broker.driver(), TOPIC, "group", first);
    first.awaitLanes(2);
    join(broker.driver(), TOPIC, "group", second);
    await().atMost(LIMIT).until(() -> first.told.contains("revoking 1"));
    first.release(1, "");
    second.awaitLanes(1);
    JetStreamDriver driver = broker.driver();
    TopicWriter writer = writer(driver, TOPIC);
    publish(writer, 0, 1, 10);
    first.awaitArrivals(10);
    first.settle(0, 1, 2, 3);
    long fence = first.lane(0).fence();

    node.stop();
    await().atMost(LIMIT).until(() -> first.told.stream().anyMatch(t -> t.startsWith("degraded")));
    assertThat(driver.health().state()).isEqualTo(Health.State.DOWN);
    node.start();
    await().atMost(LIMIT).until(() -> first.told.contains("recovered"));
    await().atMost(LIMIT).until(() -> driver.health().state() == Health.State.UP);
    publish(writer, 0, 11, 20);
    publish(writer, 1, 21, 25);
    first.awaitArrivals(20);
    second.awaitArrivals(5);
    assertThat(first.positions())
        .isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(first.lane(0).fence()).isEqualTo(fence);
    assertThat(first.told).doesNotContain("lost 0");
    assertThat(second.told).doesNotContain("lost 1");
  }

  @Test
  void aMemberWhoseConnectionIsGivenUpFails() {
    var member = new LaneRecorder();
    join(broker.driver(NatsTiming.MAX_RECONNECTS, "1"), TOPIC, "group", member);
    member.awaitLanes(2);
    node.kill();
    await("failure").atMost(LIMIT).until(member.failure::isDone);
    assertThat(member.failure.join())
        .isInstanceOfSatisfying(
            EventBusException.class,
            given -> assertThat(given.code()).isEqualTo(NatsError.CLOSED.id()))
        .hasMessageContaining(NatsTiming.MAX_RECONNECTS);
  }

  @Test
  void aServerThatStandsStillLosesNothing() throws Exception {
    var member = new LaneRecorder();
    join(broker.driver(), TOPIC, "group", member);
    TopicWriter writer = writer(broker.driver(), TOPIC);
    publish(writer, 1, 1, 10);
    member.awaitArrivals(10);
    node.pause();
    try {
      var settling = member.lane(1).commit(LaneRecorder.progress("record", 1, 2, 3));
      assertThat(settling.toCompletableFuture()).isNotDone();
      await("the end of the lease")
          .atMost(LIMIT)
          .until(() -> member.lane(1).leaseUntil() - System.nanoTime() < 0);
      node.resume();
      await("the commit")
          .atMost(LIMIT)
          .until(() -> settling.toCompletableFuture().isDone());
    } finally {
      node.resume();
    }
    publish(writer, 1, 11, 12);
    member.awaitArrivals(12);
    assertThat(member.texts())
        .isEqualTo(LongStream.rangeClosed(1, 12).mapToObj(Long::toString).toList());
    assertThat(List.copyOf(member.lanes.keySet())).contains(1);
  }
}
