package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.CoreBroker.append;
import static dev.eventbus.driver.nats.CoreBroker.join;
import static dev.eventbus.driver.nats.CoreBroker.writer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.Health;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The realtime profile while its server is away. */
class CoreOutageTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir
  Path directory;

  private CoreBroker broker;
  private BrokerNode node;

  @BeforeEach
  void start() {
    broker = new CoreBroker(directory, 1 << 20);
    node = broker.server.nodes().get(0);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void membersGoOnWhenTheServerIsBack() throws Exception {
    CoreDriver driver = broker.driver();
    var member = new CoreRecorder();
    join(driver, "orders", "group", member);
    TopicWriter writer = writer(driver, "orders");
    append(writer, Event.of("key", "before")).toCompletableFuture().get(10, SECONDS);
    await().atMost(LIMIT).until(() -> member.texts().contains("before"));

    node.kill();
    await().atMost(LIMIT).until(() -> member.told.contains("degraded"));
    assertThat(driver.health().state()).isEqualTo(Health.State.DOWN);
    assertThatThrownBy(
            () -> append(writer, Event.of("key", "lost")).toCompletableFuture().get(10, SECONDS))
        .cause()
        .isInstanceOfSatisfying(AppendException.class, refused -> {
          assertThat(refused.outcome()).isEqualTo(Outcome.NOT_STORED);
          assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
        });

    node.start();
    await().atMost(LIMIT).until(() -> member.told.contains("recovered"));
    append(writer, Event.of("key", "after")).toCompletableFuture().get(10, SECONDS);
    await().atMost(LIMIT).until(() -> member.texts().contains("after"));
    assertThat(member.texts()).containsExactly("before", "after");
    assertThat(driver.health().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void joiningFailsWithinItsTimeWhileTheServerIsAway() throws Exception {
    CoreDriver driver = broker.driver();
    node.kill();
    await().atMost(LIMIT).until(() -> driver.health().state() == Health.State.DOWN);
    var member = new CoreRecorder();
    assertThatThrownBy(() -> join(driver, "orders", "group", member))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("did not confirm");
    node.start();
    await().atMost(LIMIT).until(() -> driver.health().state() == Health.State.UP);
    TopicWriter writer = writer(driver, "orders");
    var second = new CoreRecorder();
    join(driver, "orders", "other", second);
    append(writer, Event.of("key", "text")).toCompletableFuture().get(10, SECONDS);
    await().atMost(LIMIT).until(() -> second.arrivals.size() == 1);
    assertThat(member.told).isEmpty();
    assertThat(member.arrivals).isEmpty();
  }

  @Test
  void aConnectionThatIsGivenUpFailsItsMembers() {
    CoreDriver driver = broker.driver(Map.of(NatsTiming.MAX_RECONNECTS, "1"));
    var member = new CoreRecorder();
    join(driver, "orders", "group", member);
    node.kill();
    await().atMost(LIMIT).until(() -> member.told.contains("failed"));
    assertThat(driver.health().state()).isEqualTo(Health.State.DOWN);
  }

  @Test
  void leavingAndClosingEndWithoutAServer() throws Exception {
    CoreDriver driver = broker.driver();
    var member = new CoreRecorder();
    var membership = join(driver, "orders", "group", member);
    node.pause();
    membership.retire();
    membership.leave().toCompletableFuture().get(10, SECONDS);
    long start = System.nanoTime();
    driver.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    node.resume();
  }
}
