package dev.eventbus.driver.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published comes out as it went in, and in order. */
class LogTest {

  @TempDir
  private Path folder;

  private Driver driver;

  @BeforeEach
  void open() {
    driver = Drivers.open(folder.resolve("bus.db"));
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aLaneKeepsTheOrderOfTheCalls() {
    var writer = Drivers.writer(driver, "orders", 2);
    var stages = new ArrayList<CompletableFuture<Position>>();
    for (int i = 0; i < 5_000; i++) {
      stages.add(Drivers.append(writer, i % 2, "e" + i));
    }
    stages.forEach(Drivers::get);
    var recorder = new Recorder();
    driver.join(Drivers.join("orders", 2, "g"), recorder);
    await().untilAsserted(() -> assertThat(recorder.arrivals).hasSize(5_000));
    for (int lane = 0; lane < 2; lane++) {
      int first = lane;
      assertThat(recorder.texts(lane))
          .isEqualTo(
              IntStream.range(0, 2_500).mapToObj(i -> "e" + (2 * i + first)).toList());
    }
    assertThat(stages.get(4_999).join()).isEqualTo(Position.of(2_500));
  }

  @Test
  void whatWaitsTogetherIsStoredTogether() throws Exception {
    var writer = Drivers.writer(driver, "orders", 1);
    var stages = new ArrayList<CompletableFuture<Position>>();
    try (var shell = new Shell(folder.resolve("bus.db"))) {
      shell.update("BEGIN IMMEDIATE");
      for (int i = 0; i < 1_000; i++) {
        stages.add(Drivers.append(writer, 0, "e" + i));
      }
      assertThat(stages).noneMatch(CompletableFuture::isDone);
      shell.update("ROLLBACK");
      stages.forEach(Drivers::get);
      assertThat(shell.number("SELECT count(DISTINCT at) FROM log")).isLessThan(10);
    }
  }

  @Test
  void everyAttributeComesBackAsItWas() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    var events = List.of(
        Event.of(new byte[0]),
        Event.of("", all),
        Event.builder()
            .id("id \u0000 \ud83d\ude00")
            .source("/source/ü")
            .type("type.\u4e2d\u6587")
            .time(Instant.parse("-0044-03-15T12:00:00.123456789Z"))
            .key("lone \ud800 surrogate")
            .header("empty", "")
            .header("\u00e9", "line\r\nbreak")
            .payload(new byte[] {1})
            .build(),
        Event.builder().key("k").payload(new byte[3 << 20]).build());
    var writer = Drivers.writer(driver, "orders", 1);
    events.forEach(event -> Drivers.get(Drivers.append(writer, 0, event)));
    var recorder = new Recorder();
    driver.join(Drivers.join("orders", 1, "g"), recorder);
    await().untilAsserted(() -> assertThat(recorder.arrivals).hasSize(events.size()));
    assertThat(recorder.arrivals)
        .extracting(arrival -> ((LaneEvent.Decoded) arrival.event()).event())
        .isEqualTo(events);
  }

  @Test
  void aDeadLetterIsStoredOnce() {
    var writer = Drivers.writer(driver, "orders.dlq.g", 1);
    var id = new MessageId.DeadLetter("orders", "g", 3, Position.of(17));
    var other = new MessageId.DeadLetter("orders", "g", 3, Position.of(18));
    Position first = append(writer, "first", id);
    Position twin = append(writer, "twin", id);
    List<CompletableFuture<Position>> together = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      together.add(writer
          .append(new Append(0, Event.builder().payload("other").build(), other))
          .toCompletableFuture());
    }
    assertThat(twin).isEqualTo(first);
    assertThat(together.stream().map(Drivers::get).distinct()).hasSize(1);
    assertThat(driver.admin().topic("orders.dlq.g").orElseThrow().events()).isEqualTo(2);
  }

  private static Position append(TopicWriter writer, String text, MessageId.DeadLetter id) {
    return Drivers.get(writer
        .append(new Append(0, Event.builder().payload(text).build(), id))
        .toCompletableFuture());
  }

  @Test
  void aChangedRowIsToldAndStopsNothing() throws Exception {
    var writer = Drivers.writer(driver, "orders", 1);
    Drivers.publish(writer, 0, "e", 5);
    try (var shell = new Shell(folder.resolve("bus.db"))) {
      shell.update("UPDATE log SET body = x'6261642d31' WHERE pos & 0xff = 2");
      shell.update("UPDATE log SET meta = x'07', crc = " + crc(new byte[] {7}, "e-3")
          + " WHERE pos & 0xff = 4");
    }
    var recorder = new Recorder();
    driver.join(Drivers.join("orders", 1, "g"), recorder);
    await().untilAsserted(() -> assertThat(recorder.arrivals).hasSize(5));
    assertThat(recorder.texts()).containsExactly("e-0", "?", "e-2", "?", "e-4");
    var changed = (LaneEvent.Undecodable) recorder.arrivals.get(1).event();
    assertThat(new String(changed.raw(), UTF_8)).isEqualTo("bad-1");
    assertThat(changed.reason()).contains("checksum");
    var unknown = (LaneEvent.Undecodable) recorder.arrivals.get(3).event();
    assertThat(unknown.reason()).contains("format 7");
  }

  @Test
  void whatAnotherProgramInsertsArrives() throws Exception {
    Drivers.writer(driver, "orders", 2);
    var recorder = new Recorder();
    driver.join(Drivers.join("orders", 2, "g"), recorder);
    try (var shell = new Shell(folder.resolve("bus.db"))) {
      shell.update("INSERT INTO raw(topic, lane, key, body) VALUES ('orders', 1, 'kéy', 'text')");
      shell.update("INSERT INTO raw(topic, lane, body) VALUES ('orders', 1, x'00ff')");
      shell.update("INSERT INTO raw(topic, lane, key, body) VALUES ('orders', 1, '', x'')");
      await().untilAsserted(() -> assertThat(recorder.texts(1)).hasSize(3));
      var events = recorder.arrivals.stream()
          .map(arrival -> ((LaneEvent.Decoded) arrival.event()).event())
          .toList();
      assertThat(events).extracting(Event::key).containsExactly("kéy", null, "");
      assertThat(events.get(0).text()).isEqualTo("text");
      assertThat(events.get(1).payload()).containsExactly(0, 0xff);
      assertThat(events.get(2).payload()).isEmpty();
      assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
      assertThat(events.get(0).time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
      assertThatThrownBy(() -> shell.update("INSERT INTO raw(topic, body) VALUES ('none', 'x')"))
          .hasMessageContaining("no such topic or lane");
      assertThat(shell.number("SELECT events FROM lag WHERE topic = 'orders' AND lane = 1"))
          .isEqualTo(3);
    }
  }

  private static long crc(byte[] meta, String body) {
    return new EventCodec().checksum(meta, body.getBytes(UTF_8));
  }
}
