package dev.eventbus.driver.nats;

import static dev.eventbus.driver.nats.CoreBroker.append;
import static dev.eventbus.driver.nats.CoreBroker.join;
import static dev.eventbus.driver.nats.CoreBroker.writer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Durability;
import dev.eventbus.Event;
import dev.eventbus.Health;
import dev.eventbus.Profile;
import dev.eventbus.UnsupportedCapabilityException;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicWriter;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The realtime profile on a real server. */
class CoreDriverTest {

  private static final int MAX_PAYLOAD = 1 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final AtomicInteger TOPICS = new AtomicInteger();

  @TempDir
  static Path directory;

  private static CoreBroker broker;

  private final String topic = "topic." + TOPICS.incrementAndGet();

  @BeforeAll
  static void start() {
    broker = new CoreBroker(directory, MAX_PAYLOAD);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static void publish(TopicWriter writer, int count) throws Exception {
    for (String number : numbers(count)) {
      append(writer, Event.of("key", number)).toCompletableFuture().get(10, SECONDS);
    }
  }

  @Test
  void aGroupSharesEventsInTheirOrder() throws Exception {
    var first = new CoreRecorder();
    var second = new CoreRecorder();
    join(broker.driver(), topic, "group", first);
    join(broker.driver(), topic, "group", second);
    publish(writer(broker.driver(), topic), 2_000);
    await().atMost(LIMIT).until(() -> first.arrivals.size() + second.arrivals.size() == 2_000);
    var all = new ArrayList<>(first.texts());
    all.addAll(second.texts());
    assertThat(all).doesNotHaveDuplicates().hasSize(2_000);
    for (CoreRecorder member : List.of(first, second)) {
      assertThat(member.arrivals).hasSizeGreaterThan(200);
      assertThat(member.texts().stream().map(Integer::parseInt)).isSorted();
    }
  }

  @Test
  void twoMembersOfOneProcessShareToo() throws Exception {
    CoreDriver driver = broker.driver();
    var first = new CoreRecorder();
    var second = new CoreRecorder();
    join(driver, topic, "a.group", first);
    join(driver, topic, "a.group", second);
    publish(writer(driver, topic), 500);
    await().atMost(LIMIT).until(() -> first.arrivals.size() + second.arrivals.size() == 500);
    assertThat(first.lane.join().fence()).isLessThan(second.lane.join().fence());
  }

  @Test
  void everyGroupAndEveryBroadcastGetsAll() throws Exception {
    CoreDriver driver = broker.driver();
    var members = new ArrayList<CoreRecorder>();
    for (String name : List.of("one", "two", "each-1", "each-2")) {
      var member = new CoreRecorder();
      join(
          driver,
          topic,
          name,
          name.startsWith("each-") ? GroupKind.EPHEMERAL : GroupKind.DURABLE,
          member);
      members.add(member);
    }
    publish(writer(driver, topic), 300);
    for (CoreRecorder member : members) {
      await().atMost(LIMIT).until(() -> member.arrivals.size() == 300);
      assertThat(member.texts()).isEqualTo(numbers(300));
    }
  }

  @Test
  void eventsComeOutAsTheyWentIn() throws Exception {
    var member = new CoreRecorder();
    CoreDriver driver = broker.driver();
    join(driver, topic, "group", member);
    var random = new RandomEvents(20_260_104);
    var sent = new ArrayList<Event>();
    TopicWriter writer = writer(driver, topic);
    for (int i = 0; i < 500; i++) {
      Event event = random.next();
      sent.add(event);
      append(writer, event).toCompletableFuture().get(10, SECONDS);
    }
    await().atMost(LIMIT).until(() -> member.arrivals.size() == 500);
    assertThat(member.events()).isEqualTo(sent);
  }

  @Test
  void aPlainClientReadsThePayload() throws Exception {
    Connection client = broker.client();
    Subscription subscription = client.subscribe(topic);
    client.flush(LIMIT);
    Event event =
        Event.builder().id("1 2").key("k").header("h", "ü").payload("data").build();
    append(writer(broker.driver(), topic), event).toCompletableFuture().get(10, SECONDS);
    Message message = subscription.nextMessage(LIMIT);
    assertThat(message.getData()).isEqualTo("data".getBytes(UTF_8));
    assertThat(message.getHeaders().getFirst("ce-id")).isEqualTo("1%202");
    assertThat(message.getHeaders().getFirst("ce-partitionkey")).isEqualTo("k");
    assertThat(message.getHeaders().getFirst("h")).isEqualTo("%C3%BC");
  }

  @Test
  void aPlainClientsMessageIsAnEvent() throws Exception {
    var member = new CoreRecorder();
    join(broker.driver(), topic, "group", member);
    Connection client = broker.client();
    client.publish(topic, "bare".getBytes(UTF_8));
    client.publish(topic, new Headers().add("h", "a", "b"), "headers".getBytes(UTF_8));
    await().atMost(LIMIT).until(() -> member.arrivals.size() == 2);
    assertThat(member.texts()).containsExactly("bare", "headers");
    assertThat(member.events().get(1).headers()).isEqualTo(Map.of("h", "a, b"));
    assertThat(member.events().get(0).id()).startsWith("raw-");
  }

  @Test
  void whatIsBeyondTheBufferIsDroppedAndCountedExactly() throws Exception {
    var slow = new CoreRecorder(10);
    var quick = new CoreRecorder();
    join(broker.driver(Map.of(CoreLimits.EVENTS, "100")), topic, "slow", slow);
    join(broker.driver(), topic, "quick", quick);
    TopicWriter writer = writer(broker.driver(), topic);
    publish(writer, 11);
    await().atMost(LIMIT).until(() -> slow.arrivals.size() == 10 && quick.arrivals.size() == 11);

    // A hundred more fit, and one if the eleventh was not yet with the thread that waits.
    publish(writer, 1_000);
    await().atMost(LIMIT).until(() -> quick.arrivals.size() == 1_011);
    await().atMost(LIMIT).until(() -> slow.dropped.get() >= 900);
    assertThat(slow.texts()).isEqualTo(numbers(10));

    slow.lane.join().request(1_000, 1 << 20);
    await().atMost(LIMIT).until(() -> slow.arrivals.size() + slow.dropped.get() == 1_011);
    assertThat(slow.dropped.get()).isBetween(900L, 901L);
    assertThat(slow.texts().subList(11, 110)).isEqualTo(numbers(99));
    publish(writer, 50);
    await().atMost(LIMIT).until(() -> slow.arrivals.size() + slow.dropped.get() == 1_061);
    assertThat(slow.dropped.get()).isBetween(900L, 901L);
    assertThat(quick.dropped).hasValue(0);
  }

  @Test
  void bytesAreBoundedToo() throws Exception {
    CoreDriver driver = broker.driver(Map.of(CoreLimits.BYTES, "64KiB"));
    var slow = new CoreRecorder(1);
    join(driver, topic, "slow", slow);
    TopicWriter writer = writer(driver, topic);
    append(writer, Event.of(new byte[1])).toCompletableFuture().get(10, SECONDS);
    await().atMost(LIMIT).until(() -> slow.arrivals.size() == 1);
    for (int i = 0; i < 10; i++) {
      append(writer, Event.of(new byte[30_000])).toCompletableFuture().get(10, SECONDS);
    }
    // Three fill the buffer; one more may be with the thread that waits for credit.
    await().atMost(LIMIT).until(() -> slow.dropped.get() >= 6);
    slow.lane.join().request(20, 1 << 20);
    await().atMost(LIMIT).until(() -> slow.arrivals.size() - 1 + slow.dropped.get() == 10);
    assertThat(slow.arrivals).hasSizeBetween(4, 5);
    // One that is larger than the whole buffer passes when that has room.
    long before = slow.dropped.get();
    append(writer, Event.of(new byte[500_000])).toCompletableFuture().get(10, SECONDS);
    await().atMost(LIMIT).until(() -> slow.arrivals.size() + slow.dropped.get() == 12);
    assertThat(slow.dropped.get()).isEqualTo(before);
  }

  @Test
  void everythingThatWasPublishedIsSentBeforeTheEnd() throws Exception {
    Connection client = broker.client();
    var count = new AtomicInteger();
    client.createDispatcher().subscribe(topic, message -> count.incrementAndGet());
    client.flush(LIMIT);
    CoreDriver driver = broker.driver();
    publish(writer(driver, topic), 50_000);
    driver.close();
    await().atMost(LIMIT).until(() -> count.get() == 50_000);
  }

  @Test
  void whatTheServerHasSentStillComesWhenAMemberLeaves() throws Exception {
    var leaving = new CoreRecorder();
    var staying = new CoreRecorder();
    Membership membership = join(broker.driver(), topic, "group", leaving);
    join(broker.driver(), topic, "group", staying);
    TopicWriter writer = writer(broker.driver(), topic);
    var published = CompletableFuture.runAsync(() -> {
      for (int i = 0; i < 20_000; i++) {
        append(writer, Event.of("key", "text"));
      }
    });
    await().atMost(LIMIT).until(() -> leaving.arrivals.size() > 1_000);
    membership.retire();
    membership.leave().toCompletableFuture().get(10, SECONDS);
    published.get(20, SECONDS);
    int handled = leaving.arrivals.size();
    await().atMost(LIMIT).until(() -> handled + staying.arrivals.size() == 20_000);
    assertThat(leaving.arrivals).hasSize(handled);
    assertThat(leaving.told).containsExactly("granted");
  }

  @Test
  void unusualTopicsHaveSubjects() throws Exception {
    CoreDriver driver = broker.driver();
    for (String name : List.of("a..b", ".", "..", "x.", "orders.dlq." + "g.".repeat(99) + "g")) {
      var member = new CoreRecorder();
      join(driver, name, "..", member);
      publish(writer(driver, name), 3);
      await().atMost(LIMIT).until(() -> member.arrivals.size() == 3);
    }
  }

  @Test
  void theLargestEventFits() throws Exception {
    var member = new CoreRecorder();
    CoreDriver driver = broker.driver();
    join(driver, topic, "group", member);
    TopicWriter writer = writer(driver, topic);
    Event small = Event.builder().key("ü").payload("").build();
    int room = (int) (driver.capabilities().maxEventBytes() - writer.sizeOf(small));
    Event largest = small.toBuilder().payload(new byte[room]).build();
    assertThat(writer.sizeOf(largest)).isEqualTo(MAX_PAYLOAD);
    append(writer, largest).toCompletableFuture().get(10, SECONDS);
    await().atMost(LIMIT).until(() -> member.arrivals.size() == 1);
    assertThat(member.events()).containsExactly(largest);

    Event larger = small.toBuilder().payload(new byte[room + 1]).build();
    assertThatThrownBy(() -> append(writer, larger).toCompletableFuture().get(10, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            AppendException.class,
            refused -> assertThat(refused.remedy()).isEqualTo(AppendException.Remedy.NONE));
  }

  @Test
  void itSaysWhatItCannot() {
    CoreDriver driver = broker.driver();
    var capabilities = driver.capabilities();
    assertThat(capabilities.profile()).isEqualTo(Profile.REALTIME);
    assertThat(capabilities.durability()).isEqualTo(Durability.PROCESS_MEMORY);
    assertThat(capabilities.maxEventBytesSource()).contains("max_payload");
    assertThat(capabilities.broker()).startsWith("nats-server 2.");
    assertThat(capabilities.notOffered())
        .containsKeys("P1", "S4", "R3", "F4")
        .doesNotContainKeys("O6", "O7", "L4", "L5", "D1", "D2", "D5", "C1", "C2", "C3", "C4");
    assertThatThrownBy(() -> driver.admin().lag(topic, "group"))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("F4")
        .hasMessageContaining("NATS_USE_JETSTREAM=true");
    assertThat(driver.health().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void nothingIsLeftAfterTheEnd() {
    CoreDriver driver = broker.driver(Map.of("NATS_OPT_connectionName", "left-over"));
    join(driver, topic, "group", new CoreRecorder());
    assertThat(threads()).contains("eventbus-nats-realtime");
    List<String> others = threads();
    driver.close();
    driver.close();
    await().atMost(LIMIT).until(() -> threads().size() < others.size() - 3);
    assertThat(driver.health().state()).isEqualTo(Health.State.DOWN);
    assertThatThrownBy(() -> join(driver, topic, "group", new CoreRecorder()))
        .hasMessageContaining("closed");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
