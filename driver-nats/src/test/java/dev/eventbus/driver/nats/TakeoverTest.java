package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.LaneBroker.join;
import static dev.eventbus.driver.nats.LaneBroker.publish;
import static dev.eventbus.driver.nats.LaneBroker.topic;
import static dev.eventbus.driver.nats.LaneBroker.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lane passes from one member to another. */
class TakeoverTest {

  private static final AtomicInteger TOPICS = new AtomicInteger();

  @TempDir
  static Path directory;

  private static LaneBroker broker;

  private final String name = "topic." + TOPICS.incrementAndGet();
  private final TopicRequest topic = topic(name, 1);
  private final String stream = NatsNames.stream(name);
  private final String consumer = NatsNames.consumer("group", 0);

  @BeforeAll
  static void start() {
    broker = new LaneBroker(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static List<Long> sequences(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** Pulls without the driver, as a member of the consumer's priority group. */
  private Subscription pull(Connection client, int batch) throws Exception {
    String inbox = client.createInbox();
    Subscription subscription = client.subscribe(inbox);
    pull(client, inbox, batch, null);
    return subscription;
  }

  private void pull(Connection client, String inbox, int batch, @Nullable String pin)
      throws Exception {
    String id = pin == null ? "" : ",\"id\":\"" + pin + "\"";
    String body = "{\"batch\":" + batch + ",\"expires\":"
        + Duration.ofSeconds(25).toNanos() + ",\"group\":\"" + LaneConsumers.PIN_GROUP + "\"" + id
        + "}";
    client.publish(
        "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer,
        inbox,
        body.getBytes(StandardCharsets.UTF_8));
    client.flush(Duration.ofSeconds(5));
  }

  private static List<Long> received(Subscription subscription, int count) throws Exception {
    var sequences = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      Message message = subscription.nextMessage(Duration.ofSeconds(20));
      assertThat(message).isNotNull();
      sequences.add(message.metaData().streamSequence());
    }
    return sequences;
  }

  /** A group whose members have all gone, and a topic with events. */
  private TopicWriter groupWithoutMembers(int events) throws Exception {
    JetStreamDriver driver = broker.driver();
    var before = new LaneRecorder(0);
    var membership = join(driver, topic, "group", before);
    before.release(0, "");
    membership.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
    TopicWriter writer = writer(driver, topic);
    publish(writer, 0, 1, events);
    return writer;
  }

  @Test
  void theServerAloneGivesNewEventsBeforeUnackedOnes() throws Exception {
    groupWithoutMembers(20);
    Connection former = broker.client();
    Subscription taken = pull(former, 10);
    assertThat(received(taken, 10)).isEqualTo(sequences(1, 10));
    JetStreamManagement management = broker.management();
    assertThat(management.unpinConsumer(stream, consumer, LaneConsumers.PIN_GROUP))
        .isTrue();
    Subscription next = pull(broker.client(), 10);
    assertThat(received(next, 10)).isEqualTo(sequences(11, 20));
  }

  @Test
  void theDriverGivesUnackedEventsFirstAndInOrder() throws Exception {
    groupWithoutMembers(40);
    Subscription taken = pull(broker.client(), 20);
    assertThat(received(taken, 20)).isEqualTo(sequences(1, 20));
    var next = new LaneRecorder();
    join(broker.driver(), topic, "group", next);
    next.awaitArrivals(40);
    assertThat(next.positions()).isEqualTo(sequences(1, 40));
  }

  /** How often its order differs depends on how the server's threads run; once is enough. */
  @Test
  void theServerAloneTurnsWhatItSendsAgainWhileOthersWait() throws Exception {
    groupWithoutMembers(30);
    Connection owner = broker.client();
    String inbox = owner.createInbox();
    Subscription mine = owner.subscribe(inbox);
    pull(owner, inbox, 30, null);
    Message first = mine.nextMessage(LaneRecorder.LIMIT);
    String pin = first.getHeaders().getLast("Nats-Pin-Id");
    assertThat(received(mine, 29)).isEqualTo(sequences(2, 30));
    for (int i = 0; i < 3; i++) {
      assertThat(pull(broker.client(), 1).isActive()).isTrue();
    }
    JetStreamManagement management = broker.management();
    AckAddress address = AckAddress.of(stream, consumer);
    await("another order than that of the log").atMost(LaneRecorder.LIMIT).until(() -> {
      long number =
          management.getConsumerInfo(stream, consumer).getDelivered().getConsumerSequence();
      for (long sequence = 1; sequence <= 30; sequence++) {
        owner.publish(address.nak(sequence, number), "-NAK".getBytes(StandardCharsets.UTF_8));
      }
      owner.flush(Duration.ofSeconds(5));
      pull(owner, inbox, 30, pin);
      return !orderOf(mine, 30).equals(sequences(1, 30));
    });
    assertThat(management.getConsumerInfo(stream, consumer).getNumAckPending()).isEqualTo(30);
  }

  /** As {@link #received}, past what the server says of pulls that have ended. */
  private static List<Long> orderOf(Subscription subscription, int count) throws Exception {
    var sequences = new ArrayList<Long>();
    while (sequences.size() < count) {
      Message message = subscription.nextMessage(Duration.ofSeconds(20));
      assertThat(message).isNotNull();
      if (!message.isStatusMessage()) {
        sequences.add(message.metaData().streamSequence());
      }
    }
    return sequences;
  }

  @Test
  void pullsThatWaitBesideItDoNotDisturbTheOrder() throws Exception {
    groupWithoutMembers(60);
    Connection former = broker.client();
    Subscription taken = pull(former, 30);
    assertThat(received(taken, 30)).isEqualTo(sequences(1, 30));
    // They are not eligible while another has the pin, and turn the server's list of redeliveries.
    for (int i = 0; i < 5; i++) {
      assertThat(pull(former, 1).isActive()).isTrue();
    }
    var next = new LaneRecorder();
    join(broker.driver(), topic, "group", next);
    next.awaitArrivals(60);
    assertThat(next.positions()).isEqualTo(sequences(1, 60));
  }

  @Test
  void anOwnerThatVanishesIsFollowedAfterItsLeaseByOneThatLacksNothing() throws Exception {
    try (var cable = new Cable(broker.server.url())) {
      var former = new LaneRecorder(20);
      join(broker.driver(NatsAddresses.URL, cable.url()), topic, "group", former);
      publish(writer(broker.driver(), topic), 0, 1, 40);
      former.awaitArrivals(20);
      former.settle(0, 3, 7, 1);
      Lane lost = former.lane(0);

      cable.cut();
      var next = new LaneRecorder();
      join(broker.driver(), topic, "group", next);
      next.awaitArrivals(37);
      var expected = new ArrayList<>(sequences(1, 40));
      expected.removeAll(List.of(1L, 3L, 7L));
      assertThat(next.positions()).isEqualTo(expected);
      assertThat(next.starts.get(0).record()).isEqualTo("record");
      assertThat(next.lane(0).fence()).isGreaterThan(lost.fence());
      assertThat(lost.leaseUntil() - System.nanoTime()).isNegative();

      cable.mend();
      await().atMost(LaneRecorder.LIMIT).until(() -> former.told.contains("lost 0"));
      assertThatThrownBy(() -> lost.commit(LaneRecorder.progress("late", 2))
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(LaneLostException.class);
      next.settle(0, 2);
      assertThat(next.told).doesNotContain("lost 0");
      assertThat(former.positions()).isEqualTo(sequences(1, 20));
    }
  }

  @Test
  void aShortCutCostsNothing() throws Exception {
    try (var cable = new Cable(broker.server.url())) {
      var member = new LaneRecorder();
      JetStreamDriver driver = broker.driver(NatsAddresses.URL, cable.url());
      join(driver, topic, "group", member);
      TopicWriter writer = writer(broker.driver(), topic);
      publish(writer, 0, 1, 20);
      member.awaitArrivals(20);
      member.settle(0, 2, 4);
      long fence = member.lane(0).fence();
      cable.cut();
      publish(writer, 0, 21, 30);
      cable.mend();
      member.awaitArrivals(30);
      assertThat(member.positions()).isEqualTo(sequences(1, 30));
      await().atMost(LaneRecorder.LIMIT).until(() -> member.told.contains("recovered"));
      member.settle(0, 1, 3, 5, 30);
      assertThat(member.lane(0).fence()).isEqualTo(fence);
    }
  }

  @Test
  void aPullOfAClientThatTakesNothingDoesNotKeepThePin() throws Exception {
    TopicWriter writer = groupWithoutMembers(0);
    Subscription ghost = pull(broker.client(), 1);
    var member = new LaneRecorder();
    join(broker.driver(), topic, "group", member);
    member.awaitLanes(1);
    publish(writer, 0, 1, 1);
    await("the event that went to the ghost")
        .atMost(Duration.ofSeconds(10))
        .until(() -> member.positions().equals(List.of(1L)));
    assertThat(ghost.isActive()).isTrue();
    publish(writer, 0, 2, 5);
    member.awaitArrivals(5);
    assertThat(member.positions()).isEqualTo(sequences(1, 5));
  }

  @Test
  void anOperatorsUnpinCostsNothing() throws Exception {
    var member = new LaneRecorder();
    join(broker.driver(), topic, "group", member);
    TopicWriter writer = writer(broker.driver(), topic);
    publish(writer, 0, 1, 5);
    member.awaitArrivals(5);
    JetStreamManagement management = broker.management();
    for (int round = 1; round <= 3; round++) {
      management.unpinConsumer(stream, consumer, LaneConsumers.PIN_GROUP);
      publish(writer, 0, 5 * round + 1, 5 * round + 5);
      member.awaitArrivals(5 * round + 5);
    }
    assertThat(member.positions()).isEqualTo(sequences(1, 20));
    assertThat(member.told).doesNotContain("lost 0");
  }

  @Test
  void aReleasedLanePassesOnAtOnceWithItsRecord() throws Exception {
    var former = new LaneRecorder();
    var membership = join(broker.driver(), topic, "group", former);
    publish(writer(broker.driver(), topic), 0, 1, 10);
    former.awaitArrivals(10);
    former.settle(0, 1, 2, 5);
    membership.retire();
    var next = new LaneRecorder();
    join(broker.driver(), topic, "group", next);
    long start = System.nanoTime();
    former.release(0, "last words");
    next.awaitArrivals(7);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(next.positions()).containsExactly(3L, 4L, 6L, 7L, 8L, 9L, 10L);
    assertThat(next.starts.get(0).record()).isEqualTo("last words");
    membership.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void membersShareLanesAndTakeOverThoseOfWhoLeaves() throws Exception {
    TopicRequest wide = topic(name, 8);
    var first = new LaneRecorder();
    var second = new LaneRecorder();
    var leaving = join(broker.driver(), wide, "group", first);
    first.awaitLanes(8);
    join(broker.driver(), wide, "group", second);
    await().atMost(LaneRecorder.LIMIT).until(() -> first.told.size() == 4);
    assertThat(first.told)
        .containsExactlyInAnyOrder("revoking 7", "revoking 6", "revoking 5", "revoking 4");
    for (int lane = 4; lane < 8; lane++) {
      first.release(lane, "");
    }
    second.awaitLanes(4);
    leaving.retire();
    for (int lane = 0; lane < 4; lane++) {
      first.release(lane, "");
    }
    second.awaitLanes(8);
    assertThat(second.told).isEmpty();
  }
}
