package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.LaneBroker.append;
import static dev.eventbus.driver.nats.LaneBroker.join;
import static dev.eventbus.driver.nats.LaneBroker.publish;
import static dev.eventbus.driver.nats.LaneBroker.topic;
import static dev.eventbus.driver.nats.LaneBroker.writer;
import static dev.eventbus.driver.nats.LaneRecorder.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Event;
import dev.eventbus.EventBusException;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.TopicNameException;
import dev.eventbus.brokers.NatsSpec;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers refuse is told where it is asked for, with its mend, and nothing else suffers. */
class BadInputTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @TempDir
  private Path directory;

  private @Nullable LaneBroker broker;

  @AfterEach
  void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private LaneBroker start(String config) {
    return start(NatsSpec.in(directory).withExtraConfig(config));
  }

  private LaneBroker start(NatsSpec spec) {
    LaneBroker started = new LaneBroker(spec);
    broker = started;
    return started;
  }

  /** The failure of a call, and that it came soon. */
  private static void fails(NatsError code, ThrowingCallable call, String... words) {
    long start = System.nanoTime();
    Throwable thrown = catchThrowable(call);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Throwable failure = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    assertThat(failure)
        .isInstanceOfSatisfying(
            EventBusException.class,
            known -> assertThat(known.code()).as(known.getMessage()).isEqualTo(code.id()))
        .hasMessageContainingAll(words);
    assertThat(took).isLessThan(AT_ONCE);
  }

  private static void refused(
      AppendException.Remedy remedy, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .cause()
        .isInstanceOfSatisfying(AppendException.class, refused -> {
          assertThat(refused.outcome()).isEqualTo(Outcome.NOT_STORED);
          assertThat(refused.remedy()).isEqualTo(remedy);
        })
        .hasMessageContainingAll(words);
  }

  @Test
  void aServerWithoutJetStreamIsToldWithBothWaysOut() {
    LaneBroker off = start(NatsSpec.in(directory).withStorage(NatsSpec.Storage.NONE));
    fails(NatsError.NO_JETSTREAM, off::driver, "-js", "NATS_USE_JETSTREAM=false");
    fails(
        NatsError.NO_JETSTREAM,
        () -> off.driver(JetStreamChoice.SETTING, "true"),
        "-js",
        "NATS_USE_JETSTREAM=false");
  }

  @Test
  void anAccountWithoutJetStreamIsTold() {
    LaneBroker server = start("""
        accounts { APP: { users: [{user: app, password: pw}] } }
        no_auth_user: app
        """);
    fails(NatsError.NO_JETSTREAM, server::driver, "account", "NATS_USE_JETSTREAM=false");
  }

  @Test
  void moreCopiesThanNodesAreTold() throws Exception {
    LaneBroker server = start("");
    fails(
        NatsError.REPLICAS,
        () -> server.driver(TopicPolicy.REPLICAS, "3"),
        "NATS_STREAM_REPLICAS",
        "bucket");
    // The bucket is there already: the topic cannot be created.
    server.driver();
    JetStreamDriver asking = server.driver(TopicPolicy.REPLICAS, "3");
    fails(NatsError.REPLICAS, () -> writer(asking, topic("t", 1)), "NATS_STREAM_REPLICAS", "\"t\"");
    fails(
        NatsError.REPLICAS,
        () -> join(asking, topic("t", 1), "g", new LaneRecorder()),
        "NATS_STREAM_REPLICAS");
  }

  @Test
  void aFullStoreIsToldAndTheOthersGoOn() throws Exception {
    // A second block replaces the first, the directory of the store included.
    LaneBroker server = start("jetstream { store_dir: \"%s\", max_file_store: 2MB }"
        .formatted(directory.resolve("small")));
    JetStreamDriver driver = server.driver();
    TopicRequest topic = topic("orders", 1);
    TopicWriter writer = writer(driver, topic);
    var member = new LaneRecorder();
    join(driver, topic, "group", member);
    // On a full store nobody can take a lane.
    member.awaitLanes(1);
    append(writer, 0, Event.of("k", "first"));
    Throwable full = catchThrowable(() -> {
      for (int i = 0; i < 50; i++) {
        append(writer, 0, Event.of(new byte[100_000]));
      }
    });
    assertThat(full)
        .cause()
        .isInstanceOfSatisfying(
            AppendException.class,
            refused -> assertThat(refused.outcome()).isEqualTo(Outcome.NOT_STORED))
        .hasMessageContainingAll("orders", "room", NatsError.NO_SPACE.id());
    await().atMost(LIMIT).until(() -> member.arrivals.size() > 5);
    assertThat(member.failure).isNotDone();
    await("leases cannot be renewed")
        .atMost(LIMIT)
        .until(() -> member.told.stream()
            .anyMatch(t -> t.contains("lease") && t.contains(NatsError.NO_SPACE.id())));
  }

  @Test
  void aLargestNumberOfStreamsIsTold() throws Exception {
    LaneBroker server = start("""
        accounts {
          APP: {
            users: [{user: app, password: pw}]
            jetstream: { max_file: 100MB, max_mem: 10MB, max_streams: 2, max_consumers: 3 }
          }
        }
        no_auth_user: app
        """);
    JetStreamDriver driver = server.driver();
    TopicRequest first = topic("first", 2);
    var member = new LaneRecorder();
    join(driver, first, "group", member);
    member.awaitLanes(2);
    fails(NatsError.LIMIT, () -> writer(driver, topic("second", 1)), "second", "limit");
    fails(
        NatsError.LIMIT,
        () -> join(driver, first, "more", new LaneRecorder()),
        "more",
        "EVENTBUS_LANES");
    publish(writer(driver, first), 1, 1, 5);
    member.awaitArrivals(5);
    assertThat(member.failure).isNotDone();
  }

  @Test
  void aStreamOfSomebodyElseIsToldWithEveryDifference() throws Exception {
    LaneBroker server = start("");
    JetStreamManagement management = server.management();
    management.addStream(StreamConfiguration.builder()
        .name("orders")
        .subjects("orders")
        .storageType(StorageType.Memory)
        .build());
    JetStreamDriver driver = server.driver();
    fails(NatsError.TOPIC_MISFIT, () -> writer(driver, topic("orders", 1)), "eventbus.lanes");
    // Its subjects are those of another stream's.
    fails(
        NatsError.TOPIC_MISFIT,
        () -> {
          management.addStream(StreamConfiguration.builder()
              .name("all")
              .subjects("bills.>")
              .storageType(StorageType.Memory)
              .build());
          writer(driver, topic("bills", 1));
        },
        "another stream has its subjects");
    writer(driver, topic("sound", 2));
    JetStreamDriver asking =
        server.driver(TopicPolicy.STORAGE, "memory", TopicPolicy.RETENTION_AGE, "1h");
    fails(
        NatsError.TOPIC_MISFIT,
        () -> writer(asking, topic("sound", 2)),
        "NATS_STORAGE asks for memory, it has file",
        "NATS_RETENTION_AGE asks for PT1H, it has PT168H");
    assertThatThrownBy(() -> writer(driver, topic("sound", 3)))
        .cause()
        .isInstanceOf(EventBusException.class)
        .hasMessageContainingAll("sound", "EVENTBUS_LANES", "3", "2");
  }

  @Test
  void aConsumerOfSomebodyElseIsTold() throws Exception {
    LaneBroker server = start("");
    JetStreamDriver driver = server.driver();
    TopicRequest topic = topic("orders", 1);
    writer(driver, topic);
    server
        .management()
        .addOrUpdateConsumer(
            "orders",
            ConsumerConfiguration.builder()
                .durable("group=0")
                .ackPolicy(AckPolicy.All)
                .build());
    fails(
        NatsError.TOPIC_MISFIT,
        () -> join(driver, topic, "group", new LaneRecorder()),
        "group=0",
        "pinned_client",
        "remove the consumer");
  }

  @Test
  void anEventLargerThanTheServerTakesIsNotSent() throws Exception {
    LaneBroker server = start(NatsSpec.in(directory).withMaxPayload(64 << 10));
    JetStreamDriver driver = server.driver();
    TopicWriter writer = writer(driver, topic("orders", 1));
    assertThat(driver.capabilities().maxEventBytes()).isLessThan(64 << 10);
    refused(
        AppendException.Remedy.NONE,
        () -> append(writer, 0, Event.of(new byte[65 << 10])),
        "orders");
    append(writer, 0, Event.of(new byte[40 << 10]));
  }

  @Test
  void anEventLargerThanItsStreamTakesIsRefused() throws Exception {
    LaneBroker server = start("");
    JetStreamDriver driver = server.driver();
    TopicWriter writer = writer(driver, topic("orders", 1));
    JetStreamManagement management = server.management();
    StreamConfiguration found = management.getStreamInfo("orders").getConfiguration();
    management.updateStream(
        StreamConfiguration.builder(found).maximumMessageSize(2_000).build());
    refused(
        AppendException.Remedy.NONE,
        () -> append(writer, 0, Event.of(new byte[5_000])),
        "max_msg_size");
    append(writer, 0, Event.of(new byte[100]));
  }

  @Test
  void namesOfBucketsAreRefused() {
    JetStreamDriver driver = start("").driver();
    for (String name : new String[] {"KV_orders", "OBJ_x.y"}) {
      assertThatThrownBy(() -> writer(driver, topic(name, 1)))
          .isInstanceOf(TopicNameException.class)
          .hasMessageContaining("rename the topic");
      assertThatThrownBy(() -> join(driver, topic(name, 1), "g", new LaneRecorder()))
          .isInstanceOf(TopicNameException.class);
    }
  }

  private LaneBroker forbidding(String permissions) {
    return start("""
        accounts {
          APP: {
            jetstream: enabled
            users: [
              {user: all, password: pw},
              {user: some, password: pw, permissions: { %s }}
            ]
          }
        }
        no_auth_user: all
        """.formatted(permissions));
  }

  private static JetStreamDriver some(LaneBroker server) {
    return server.driver(CredentialSettings.USERNAME, "some", CredentialSettings.PASSWORD, "pw");
  }

  @Test
  void aUserWhoMayNotUseJetStreamIsTold() {
    LaneBroker server = forbidding("publish: { deny: [\"$JS.API.>\"] }");
    fails(NatsError.PERMISSION, () -> some(server), "publish to \"$JS.API.INFO\"");
  }

  @Test
  void aUserWhoGetsNoAnswersIsTold() {
    LaneBroker server = forbidding("subscribe: { deny: [\"_INBOX.>\"] }");
    fails(NatsError.PERMISSION, () -> some(server), "subscribe to \"_INBOX.", "NATS_INBOX_PREFIX");
  }

  @Test
  void aTopicThatMayNotBePublishedToIsToldAtOnceAndOthersGoOn() throws Exception {
    LaneBroker server = forbidding("publish: { deny: [\"secret.>\"] }");
    JetStreamDriver driver = some(server);
    TopicWriter forbidden = writer(driver, topic("secret", 1));
    TopicWriter allowed = writer(driver, topic("open", 1));
    long start = System.nanoTime();
    refused(
        AppendException.Remedy.NONE,
        () -> append(forbidden, 0, Event.of("k", "v")),
        "publish to \"secret.@1.0.~\"",
        NatsError.PERMISSION.id());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
    append(allowed, 0, Event.of("k", "v"));
  }

  @Test
  void aTopicThatMayNotBeCreatedIsTold() {
    LaneBroker server = forbidding("publish: { deny: [\"$JS.API.STREAM.CREATE.orders\"] }");
    JetStreamDriver driver = some(server);
    fails(
        NatsError.PERMISSION,
        () -> writer(driver, topic("orders", 1)),
        "$JS.API.STREAM.CREATE.orders");
  }

  @Test
  void whoMayNotMeetItsGroupIsTold() {
    LaneBroker server = forbidding("subscribe: { deny: [\"_EVENTBUS.>\"] }");
    var member = new LaneRecorder();
    join(some(server), topic("orders", 1), "group", member);
    permissionIsTold(member, "subscribe to \"_EVENTBUS.orders.group\"");
  }

  @Test
  void whoMayNotSettleIsTold() throws Exception {
    LaneBroker server = forbidding("publish: { deny: [\"$JS.ACK.>\"] }");
    JetStreamDriver driver = some(server);
    var member = new LaneRecorder();
    join(driver, topic("orders", 1), "group", member);
    member.awaitLanes(1);
    publish(writer(driver, topic("orders", 1)), 0, 1, 1);
    member.awaitArrivals(1);
    member.lane(0).commit(LaneRecorder.progress("r", 1));
    permissionIsTold(member, "publish to \"$JS.ACK.>\"");
  }

  @Test
  void whoMayNotPullIsTold() {
    LaneBroker server = forbidding("publish: { deny: [\"$JS.API.CONSUMER.MSG.NEXT.>\"] }");
    var member = new LaneRecorder();
    join(some(server), topic("orders", 1), "group", member);
    permissionIsTold(member, "publish to \"$JS.API.CONSUMER.MSG.NEXT.orders.group=0\"");
  }

  @Test
  void whoMayNotWriteTheLedgerIsTold() {
    LaneBroker server = forbidding("publish: { deny: [\"$KV.eventbus.>\"] }");
    var member = new LaneRecorder();
    join(some(server), topic("orders", 1), "group", member);
    permissionIsTold(member, "publish to \"$KV.eventbus.orders.group.");
  }

  /** Either the membership fails, or it says that it works in part. */
  private static void permissionIsTold(LaneRecorder member, String words) {
    await(words).atMost(LIMIT).until(() -> member.failure.isDone() || !member.told.isEmpty());
    String text = member.failure.isDone()
        ? String.valueOf(member.failure.join().getMessage())
        : String.join("; ", member.told);
    assertThat(text).contains(words, NatsError.PERMISSION.id());
  }
}
