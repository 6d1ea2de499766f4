package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Event;
import dev.eventbus.LaneLag;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old events go, whoever still waits for them is told, and the space comes back. */
class RetentionTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String HOUR = "1h";

  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("bus.db");
  }

  private void age(String where) throws Exception {
    try (var shell = new Shell(file())) {
      shell.update("UPDATE log SET at = at - 7200000 WHERE " + where);
    }
  }

  private static long stored(Driver driver) {
    return driver.admin().topic("orders").orElseThrow().events();
  }

  @Test
  void whatWasTrimmedWhileNobodyRanIsToldAtTheGrant() throws Exception {
    try (Driver driver = Drivers.open(file())) {
      Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "e", 1_000);
      var reader = new Recorder(new Recorder.Credit(10, 1L << 20));
      driver.join(Drivers.join("orders", 1, "g"), reader);
      await().until(() -> reader.arrivals.size() == 10);
      reader.releaseAll();
    }
    age("pos & 0xffff <= 900");
    try (Driver driver = Drivers.open(file(), EmbeddedConfig.RETENTION_AGE, HOUR)) {
      await().atMost(LONG).until(() -> stored(driver) == 100);
      var lag = driver.admin().lag("orders", "g");
      assertThat(lag).containsExactly(new LaneLag(0, 100));
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 1, "g"), reader);
      await().until(() -> reader.arrivals.size() == 100);
      assertThat(reader.trimmed).containsExactly(890L);
      assertThat(reader.texts()).startsWith("e-900").endsWith("e-999");
      assertThat(reader.arrivals.get(0).event().position()).isEqualTo(Position.of(901));
      var fresh = new Recorder();
      driver.join(Drivers.join("orders", 1, "new"), fresh);
      await().until(() -> fresh.arrivals.size() == 100);
      assertThat(fresh.trimmed).isEmpty();
    }
  }

  @Test
  void whatIsTrimmedUnderASlowMemberIsToldToo() throws Exception {
    try (Driver driver = Drivers.open(file(), EmbeddedConfig.RETENTION_AGE, HOUR)) {
      Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "e", 500);
      var slow = new Recorder(new Recorder.Credit(10, 1L << 20));
      driver.join(Drivers.join("orders", 1, "g"), slow);
      await().until(() -> slow.arrivals.size() == 10);
      age("pos & 0xffff <= 400");
      await().atMost(LONG).until(() -> stored(driver) == 100);
      slow.lanes.get(0).request(1_000, 1L << 20);
      await().until(() -> slow.arrivals.size() == 110);
      assertThat(slow.trimmed).containsExactly(390L);
      assertThat(slow.texts().get(10)).isEqualTo("e-400");

      age("TRUE");
      await().atMost(LONG).until(() -> stored(driver) == 0);
      Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "late", 1);
      await().until(() -> slow.texts().contains("late-0"));
      assertThat(slow.trimmed).hasSize(1);
    }
  }

  @Test
  void aLaneWithoutAnyEventLeftIsToldAsTrimmed() throws Exception {
    try (Driver driver = Drivers.open(file())) {
      driver
          .join(Drivers.join("orders", 1, "g"), new Recorder(new Recorder.Credit(0, 0)))
          .leave();
      Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "e", 5);
    }
    age("TRUE");
    try (Driver driver = Drivers.open(file(), EmbeddedConfig.RETENTION_AGE, HOUR)) {
      await().atMost(LONG).until(() -> stored(driver) == 0);
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 1, "g"), reader);
      await().until(() -> reader.trimmed.equals(List.of(5L)));
      Drivers.publish(Drivers.writer(driver, "orders", 1), 0, "next", 1);
      await().until(() -> reader.texts().equals(List.of("next-0")));
    }
  }

  @Test
  void theOldestGoWhenThereAreTooManyBytesAndTheFileShrinks() throws Exception {
    try (Driver driver = Drivers.open(file())) {
      var writer = Drivers.writer(driver, "orders", 4);
      for (int i = 0; i < 30; i++) {
        String payload = "x".repeat(1 << 20);
        Drivers.get(Drivers.append(writer, i % 4, payload));
      }
    }
    long before = Files.size(file());
    assertThat(before).isGreaterThan(30L << 20);
    String limit = EmbeddedConfig.RETENTION_BYTES;
    try (Driver driver = Drivers.open(file(), limit, "5MiB")) {
      await().atMost(LONG).until(() -> stored(driver) <= 5);
      assertThat(stored(driver)).isGreaterThanOrEqualTo(4);
      await().atMost(LONG).untilAsserted(() -> {
        try (var shell = new Shell(file())) {
          assertThat(shell.number("PRAGMA page_count") * 4096).isLessThan(before / 2);
        }
      });
    }
  }

  @Test
  void aTrimmedDeadLetterIsForgotten() throws Exception {
    var id = new MessageId.DeadLetter("orders", "g", 0, Position.of(1));
    var letter = new Append(0, Event.builder().payload("letter").build(), id);
    try (Driver driver = Drivers.open(file(), EmbeddedConfig.RETENTION_AGE, HOUR);
        var shell = new Shell(file())) {
      var writer = Drivers.writer(driver, "orders.dlq.g", 1);
      Drivers.get(writer.append(letter).toCompletableFuture());
      assertThat(shell.number("SELECT count(*) FROM dead_letter")).isEqualTo(1);
      age("TRUE");
      await().atMost(LONG).until(() -> shell.number("SELECT count(*) FROM dead_letter") == 0);
    }
  }
}
