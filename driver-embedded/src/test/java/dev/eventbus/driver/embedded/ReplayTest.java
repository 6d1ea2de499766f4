package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.eventbus.DriverException;
import dev.eventbus.Event;
import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7: an administrator moves a group that is stopped. */
class ReplayTest {

  @TempDir
  private Path folder;

  private Driver driver;
  private TopicWriter writer;

  @BeforeEach
  void open() {
    driver = Drivers.open(folder.resolve("bus.db"));
    writer = Drivers.writer(driver, "orders", 1);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  /** A member that settles all of {@code prefix-0 …} and goes. */
  private void settledBefore(String prefix, int events) {
    Drivers.publish(writer, 0, prefix, events);
    var recorder = new Recorder();
    Membership member = driver.join(Drivers.join("orders", 1, "g"), recorder);
    await().until(() -> recorder.texts().contains(prefix + "-" + (events - 1)));
    recorder.commitAll();
    member.retire();
    recorder.releaseAll();
    Drivers.get(member.leave().toCompletableFuture());
  }

  private Recorder joined() {
    var recorder = new Recorder();
    driver.join(Drivers.join("orders", 1, "g"), recorder);
    await().until(() -> recorder.lanes.size() == 1);
    return recorder;
  }

  private static List<String> texts(String prefix, int events) {
    return IntStream.range(0, events).mapToObj(i -> prefix + "-" + i).toList();
  }

  @Test
  void toTheEarliestEveryEventComesAgainInOrderAndWithoutARecord() {
    settledBefore("e", 20);
    driver.admin().replay("orders", "g", StartAt.earliest());
    assertThat(driver.admin().lag("orders", "g")).containsExactly(new LaneLag(0, 20));
    Recorder again = joined();
    await().until(() -> again.arrivals.size() == 20);
    assertThat(again.texts()).containsExactlyElementsOf(texts("e", 20));
    assertThat(again.starts.get(0).record()).isEmpty();
  }

  @Test
  void aReplayedLaneHasALaterFenceThanBefore() {
    settledBefore("e", 1);
    driver.admin().replay("orders", "g", StartAt.earliest());
    assertThat(joined().fences().get(0)).isEqualTo(2);
  }

  @Test
  void toTheLatestNothingWaitsButWhatIsStoredLater() {
    settledBefore("e", 3);
    Drivers.publish(writer, 0, "unsettled", 5);
    driver.admin().replay("orders", "g", StartAt.latest());
    assertThat(driver.admin().lag("orders", "g")).containsExactly(new LaneLag(0, 0));
    Drivers.publish(writer, 0, "later", 2);
    Recorder again = joined();
    await().until(() -> again.arrivals.size() == 2);
    assertThat(again.texts()).containsExactlyElementsOf(texts("later", 2));
  }

  @Test
  void toAnInstantItBeginsWithTheFirstEventStoredThen() {
    settledBefore("before", 3);
    Instant then = nextMillisecond();
    settledBefore("after", 4);
    driver.admin().replay("orders", "g", StartAt.at(then));
    Recorder again = joined();
    await().until(() -> again.arrivals.size() == 4);
    assertThat(again.texts()).containsExactlyElementsOf(texts("after", 4));
  }

  private static Instant nextMillisecond() {
    long before = System.currentTimeMillis();
    await().until(() -> System.currentTimeMillis() > before + 1);
    return Instant.ofEpochMilli(before + 1);
  }

  @Test
  void aGroupWithALivingMemberIsLeftAsItIs() {
    settledBefore("e", 3);
    joined();
    assertThatExceptionOfType(DriverException.class)
        .isThrownBy(() -> driver.admin().replay("orders", "g", StartAt.earliest()))
        .withMessageContaining("Group g of topic orders")
        .satisfies(
            refused -> assertThat(refused.code()).isEqualTo(EmbeddedError.GROUP_IN_USE.id()));
    try (Driver other = Drivers.open(folder.resolve("bus.db"))) {
      assertThatExceptionOfType(DriverException.class)
          .isThrownBy(() -> other.admin().replay("orders", "g", StartAt.earliest()))
          .satisfies(
              refused -> assertThat(refused.code()).isEqualTo(EmbeddedError.GROUP_IN_USE.id()));
    }
    assertThat(driver.admin().lag("orders", "g")).containsExactly(new LaneLag(0, 0));
  }

  @Test
  void aMemberWhoseProcessWasKilledKeepsNobodyWaiting() throws Exception {
    Path file = folder.resolve("bus.db");
    Drivers.publish(writer, 0, "e", 3);
    try (Child member = new Child(file, "join", "g", "30000")) {
      await().atMost(Duration.ofSeconds(15)).until(() -> member.said("arrived").size() == 3);
      member.kill();
      member.awaitEnd();
    }
    driver.admin().replay("orders", "g", StartAt.earliest());
    assertThat(driver.admin().lag("orders", "g")).containsExactly(new LaneLag(0, 3));
    Recorder again = joined();
    await().until(() -> again.arrivals.size() == 3);
  }

  @Test
  void aGroupOrTopicThatIsNotThereIsAnError() {
    settledBefore("e", 1);
    for (List<String> names : List.of(List.of("orders", "none"), List.of("none", "g"))) {
      assertThatExceptionOfType(DriverException.class)
          .isThrownBy(() -> driver.admin().replay(names.get(0), names.get(1), StartAt.earliest()))
          .withMessageContaining("Topic " + names.get(0) + " has no group " + names.get(1))
          .satisfies(refused -> assertThat(refused.code()).isEqualTo(EmbeddedError.NOT_FOUND.id()));
    }
  }

  @Test
  void anEventThatIsDeadLetteredOnceMoreIsStoredOnceMore() {
    settledBefore("e", 1);
    TopicWriter letters = Drivers.writer(driver, "orders.dlq.g", 1);
    TopicWriter others = Drivers.writer(driver, "orders.dlq.g2", 1);
    Append letter = letter("g");
    Append other = letter("g2");
    append(letters, letter);
    append(others, other);
    driver.admin().replay("orders", "g", StartAt.earliest());
    append(letters, letter);
    append(others, other);
    assertThat(driver.admin().topic("orders.dlq.g").orElseThrow().events()).isEqualTo(2);
    assertThat(driver.admin().topic("orders.dlq.g2").orElseThrow().events()).isEqualTo(1);
  }

  private static Append letter(String group) {
    var id = new MessageId.DeadLetter("orders", group, 0, Position.of(1));
    return new Append(0, Event.builder().payload("letter").build(), id);
  }

  private static void append(TopicWriter writer, Append append) {
    Drivers.get(writer.append(append).toCompletableFuture());
  }
}
