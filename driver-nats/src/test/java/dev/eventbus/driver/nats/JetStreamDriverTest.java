package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.LaneBroker.append;
import static dev.eventbus.driver.nats.LaneBroker.join;
import static dev.eventbus.driver.nats.LaneBroker.joinEach;
import static dev.eventbus.driver.nats.LaneBroker.publish;
import static dev.eventbus.driver.nats.LaneBroker.topic;
import static dev.eventbus.driver.nats.LaneBroker.writer;
import static dev.eventbus.driver.nats.LaneRecorder.LIMIT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Event;
import dev.eventbus.EventBusException;
import dev.eventbus.LaneLag;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.JetStreamManagement;
import io.nats.client.Subscription;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PriorityPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reliable profile on a real server, and what the server's own tools see of it. */
class JetStreamDriverTest {

  private static final AtomicInteger TOPICS = new AtomicInteger();

  @TempDir
  static Path directory;

  private static LaneBroker broker;
  private static JetStreamManagement management;

  private final String name = "topic." + TOPICS.incrementAndGet();
  private final String stream = NatsNames.stream(name);
  private final TopicRequest topic = topic(name, 2);

  @BeforeAll
  static void start() throws Exception {
    broker = new LaneBroker(directory);
    management = broker.management();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private long stored() throws Exception {
    return management.getStreamInfo(stream).getStreamState().getMsgCount();
  }

  /** Makes the server forget message ids quickly. */
  private void forgetIdsAfter(Duration window) throws Exception {
    StreamConfiguration found = management.getStreamInfo(stream).getConfiguration();
    management.updateStream(
        StreamConfiguration.builder(found).duplicateWindow(window).build());
  }

  @Test
  void aRepeatedPublishIsStoredOnce() throws Exception {
    TopicWriter writer = writer(broker.driver(), topic);
    var once = new Append(1, Event.of("k", "v"), new MessageId.Sequential("p", 1));
    Position first = append(writer, once);
    assertThat(append(writer, once)).isEqualTo(first);
    assertThat(append(writer(broker.driver(), topic), once)).isEqualTo(first);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void twoPublishesOfTheSameEventAreTwo() throws Exception {
    TopicWriter writer = writer(broker.driver(), topic);
    Event event = Event.of("k", "v");
    assertThat(append(writer, 0, event)).isNotEqualTo(append(writer, 0, event));
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void aDeadLetterIsStoredOnceAlsoWhenTheServerHasForgottenItsIds() throws Exception {
    TopicWriter writer = writer(broker.driver(), topic);
    forgetIdsAfter(Duration.ofMillis(200));
    var letter = new Append(
        1, Event.of("k", "v"), new MessageId.DeadLetter("orders", "g", 3, Position.of(17)));
    var other = new Append(
        1, Event.of("k", "v"), new MessageId.DeadLetter("orders", "g", 3, Position.of(18)));
    var plain = new Append(1, Event.of("k", "v"), new MessageId.Sequential("again", 1));
    Position first = append(writer, letter);
    assertThat(append(writer, other)).isNotEqualTo(first);
    // As soon as a plain id is stored a second time the window has passed.
    Position plainFirst = append(writer, plain);
    await().atMost(LIMIT).until(() -> !append(writer, plain).equals(plainFirst));
    assertThat(append(writer, letter)).isEqualTo(first);
    assertThat(append(writer(broker.driver(), topic), letter)).isEqualTo(first);
    assertThat(stored()).isEqualTo(4);
  }

  @Test
  void aBroadcastLeavesNoConsumer() throws Exception {
    var each = new LaneRecorder();
    var membership = joinEach(broker.driver(), topic, "each-1", each);
    each.awaitLanes(2);
    assertThat(management.getConsumerNames(stream))
        .containsExactlyInAnyOrder("each-1=0", "each-1=1");
    publish(writer(broker.driver(), topic), 1, 1, 5);
    each.awaitArrivals(5);
    membership.leave().toCompletableFuture().get(10, SECONDS);
    assertThat(management.getConsumerNames(stream)).isEmpty();
  }

  @Test
  void aBroadcastWhoseProcessVanishesIsForgottenByTheServer() throws Exception {
    var each = new LaneRecorder();
    joinEach(broker.driver(), topic, "each-2", each);
    each.awaitLanes(2);
    ConsumerConfiguration config =
        management.getConsumerInfo(stream, "each-2=0").getConsumerConfiguration();
    assertThat(config.getInactiveThreshold()).isEqualTo(LaneConsumers.UNUSED);
    assertThat(config.getDurable()).isNull();
  }

  @Test
  void aGroupWhoseConsumersAreDeletedIsToldAndOthersGoOn() throws Exception {
    JetStreamDriver driver = broker.driver();
    var unlucky = new LaneRecorder();
    var lucky = new LaneRecorder();
    join(driver, topic, "unlucky", unlucky);
    join(driver, topic, "lucky", lucky);
    unlucky.awaitLanes(2);
    lucky.awaitLanes(2);
    management.deleteConsumer(stream, "unlucky=0");
    management.deleteConsumer(stream, "unlucky=1");
    failsWith(unlucky, NatsError.GROUP_GONE, "unlucky", "Subscribe again");
    publish(writer(driver, topic), 0, 1, 5);
    lucky.awaitArrivals(5);
    assertThat(lucky.failure).isNotDone();
  }

  private static void failsWith(LaneRecorder member, NatsError code, String... words) {
    await(code.id()).atMost(LIMIT).until(member.failure::isDone);
    assertThat(member.failure.join())
        .isInstanceOfSatisfying(
            EventBusException.class, failure -> assertThat(failure.code()).isEqualTo(code.id()))
        .hasMessageContainingAll(words);
  }

  @Test
  void aDeletedTopicIsToldAndOthersGoOn() throws Exception {
    JetStreamDriver driver = broker.driver();
    TopicRequest sound = topic(name + ".sound", 1);
    var member = new LaneRecorder();
    var other = new LaneRecorder();
    join(driver, topic, "group", member);
    join(driver, sound, "group", other);
    member.awaitLanes(2);
    other.awaitLanes(1);
    TopicWriter writer = writer(driver, topic);
    management.deleteStream(stream);
    failsWith(member, NatsError.TOPIC_GONE, name, "group", "Subscribe again");
    refusedForGood(writer, "deleted");
    publish(writer(driver, sound), 0, 1, 3);
    other.awaitArrivals(3);
    assertThat(other.failure).isNotDone();
  }

  private static void refusedForGood(TopicWriter writer, String... words) {
    assertThatThrownBy(() -> append(writer, 1, Event.of("k", "v")))
        .cause()
        .isInstanceOfSatisfying(AppendException.class, refused -> {
          assertThat(refused.outcome()).isEqualTo(Outcome.NOT_STORED);
          assertThat(refused.remedy()).isEqualTo(AppendException.Remedy.NONE);
        })
        .hasMessageContainingAll(words);
  }

  @Test
  void aTopicThatIsCreatedAgainIsAnother() throws Exception {
    JetStreamDriver driver = broker.driver();
    var member = new LaneRecorder();
    join(driver, topic, "group", member);
    member.awaitLanes(2);
    TopicWriter before = writer(driver, topic);
    management.deleteStream(stream);
    TopicWriter after = writer(broker.driver(), topic(name, 4));
    failsWith(member, NatsError.TOPIC_GONE, name);
    refusedForGood(before, name, "lanes than 2", "open the bus again");
    publish(after, 3, 1, 1);
    assertThat(stored()).isEqualTo(1);
  }

  /** A purge moves groups along as if they had handled all; age does not. */
  private void letAllAge() throws Exception {
    StreamConfiguration before = management.getStreamInfo(stream).getConfiguration();
    Duration second = Duration.ofSeconds(1);
    management.updateStream(StreamConfiguration.builder(before)
        .duplicateWindow(second)
        .maxAge(second)
        .build());
    await("the end of all events").atMost(LIMIT).until(() -> stored() == 0);
    management.updateStream(before);
  }

  @Test
  void whatRetentionTakesFromALaneThatStandsStillIsTold() throws Exception {
    var member = new LaneRecorder(2);
    join(broker.driver(), topic, "group", member);
    member.awaitLanes(2);
    publish(writer(broker.driver(), topic), 0, 1, 10);
    member.awaitArrivals(2);
    management.purgeStream(stream);
    await("loss").atMost(LIMIT).until(() -> member.trimmed.get() >= 8);
    assertThat(member.trimmed).hasValue(8);
    assertThat(member.positions()).containsExactly(1L, 2L);
  }

  @Test
  void whatRetentionTakesFromALaneThatWasPausedBeforeAnythingCameIsTold() throws Exception {
    var member = new LaneRecorder(0);
    join(broker.driver(), topic, "group", member);
    member.awaitLanes(2);
    publish(writer(broker.driver(), topic), 0, 1, 10);
    // The driver looks each 2 s how much waits for a lane that asks for nothing.
    Subscription looks = broker.client().subscribe("$JS.API.CONSUMER.INFO." + stream + ".group=0");
    assertThat(looks.nextMessage(LIMIT)).isNotNull();
    assertThat(looks.nextMessage(LIMIT))
        .as("the answer to the one before is here")
        .isNotNull();
    management.purgeStream(stream);
    await("loss").atMost(LIMIT).until(() -> member.trimmed.get() >= 10);
    assertThat(member.trimmed.get()).isBetween(10L, 20L);
  }

  @Test
  void whatRetentionTakesWhileNoMemberRunsIsTold() throws Exception {
    JetStreamDriver driver = broker.driver();
    var before = new LaneRecorder();
    var membership = join(driver, topic, "group", before);
    before.awaitLanes(2);
    before.release(0, "");
    before.release(1, "");
    membership.leave().toCompletableFuture().get(10, SECONDS);
    TopicWriter writer = writer(driver, topic);
    publish(writer, 0, 1, 10);
    letAllAge();
    publish(writer, 0, 11, 12);
    var after = new LaneRecorder();
    join(driver, topic, "group", after);
    after.awaitArrivals(2);
    await("loss").atMost(LIMIT).until(() -> after.trimmed.get() > 0);
    assertThat(after.texts()).containsExactly("11", "12");
    // At least what the lane lost, at most what all lanes lost; told of each lane.
    assertThat(after.trimmed.get()).isBetween(10L, 20L);
  }

  @Test
  void theNativeViewIsAsTheDocumentsSay() throws Exception {
    JetStreamDriver driver = broker.driver();
    var member = new LaneRecorder(5);
    join(driver, topic, "billing.eu", member);
    member.awaitLanes(2);
    publish(writer(driver, topic), 1, 1, 20);
    member.awaitArrivals(5);
    member.settle(1, 1, 2);

    StreamInfo info = management.getStreamInfo(stream);
    assertThat(info.getConfiguration().getMetadata())
        .containsEntry(StreamShape.TOPIC, name)
        .containsEntry(StreamShape.LANES, "2");
    var lags = new ArrayList<LaneLag>();
    for (int lane = 0; lane < 2; lane++) {
      ConsumerInfo consumer = management.getConsumerInfo(stream, "billing=eu=" + lane);
      ConsumerConfiguration config = consumer.getConsumerConfiguration();
      assertThat(config.getMetadata()).containsEntry(LaneConsumers.GROUP, "billing.eu");
      assertThat(config.getPriorityPolicy()).isEqualTo(PriorityPolicy.PinnedClient);
      assertThat(config.getMaxDeliver()).isEqualTo(-1);
      assertThat(config.getMaxAckPending()).isEqualTo(LaneConsumers.MOST_UNACKED);
      lags.add(new LaneLag(lane, consumer.getNumPending() + consumer.getNumAckPending()));
    }
    assertThat(lags).containsExactly(new LaneLag(0, 0), new LaneLag(1, 18));
    assertThat(driver.admin().lag(name, "billing.eu")).isEqualTo(lags);
    assertThat(driver.admin().groups(name)).containsExactly("billing.eu");
    assertThat(driver.admin().topic(name))
        .hasValueSatisfying(found -> assertThat(found.events()).isEqualTo(20));
    assertThat(broker.client().keyValue(Ledger.BUCKET).keys())
        .contains(stream + ".billing=eu.0", stream + ".billing=eu.1")
        .anyMatch(key -> key.startsWith(stream + ".billing=eu.m."));
    assertThat(broker
            .client()
            .keyValue(Ledger.BUCKET)
            .get(stream + ".billing=eu.1")
            .getValueAsString())
        .isEqualTo("record");
  }

  @Test
  void aClosedDriverSaysSo() throws Exception {
    JetStreamDriver driver = broker.driver();
    TopicWriter writer = writer(driver, topic);
    driver.close();
    driver.close();
    assertThatThrownBy(() -> join(driver, topic, "group", new LaneRecorder()))
        .isInstanceOfSatisfying(
            EventBusException.class,
            closed -> assertThat(closed.code()).isEqualTo(NatsError.CLOSED.id()));
    assertThatThrownBy(() -> writer(driver, topic))
        .cause()
        .isInstanceOfSatisfying(
            EventBusException.class,
            closed -> assertThat(closed.code()).isEqualTo(NatsError.CLOSED.id()));
    assertThatThrownBy(() -> append(writer, 0, Event.of("k", "v")))
        .cause()
        .isInstanceOfSatisfying(
            AppendException.class,
            refused -> assertThat(refused.outcome()).isEqualTo(Outcome.NOT_STORED));
  }
}
