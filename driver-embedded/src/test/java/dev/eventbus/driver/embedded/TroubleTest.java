package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.DriverException;
import dev.eventbus.Health;
import dev.eventbus.PublishException;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong under an open driver is told, loses nothing, and ends when its cause does. */
class TroubleTest {

  private static final Duration LONG = Duration.ofSeconds(15);

  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("bus.db");
  }

  private static AppendException failure(CompletableFuture<Position> stage) {
    try {
      stage.get();
      throw new AssertionError("The append has not failed");
    } catch (ExecutionException failed) {
      return (AppendException) failed.getCause();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void aFullDiskFailsPublishesAndSettlesUntilSpaceIsFreed() throws Exception {
    try (var mount = new Tmpfs(folder, "size=12m");
        Driver driver = Drivers.open(file())) {
      assertThat(mount).isNotNull();
      Files.write(folder.resolve("filler"), new byte[4 << 20]);
      var writer = Drivers.writer(driver, "orders", 1);
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 1, "g"), reader);
      var stored = new ArrayList<String>();
      AppendException refused = null;
      for (int i = 0; refused == null && i < 2_000; i++) {
        String text = i + "x".repeat(20_000);
        CompletableFuture<Position> stage = Drivers.append(writer, 0, text);
        if (stage.handle((position, failed) -> failed != null).get(10, TimeUnit.SECONDS)) {
          refused = failure(stage);
        } else {
          stored.add(text);
        }
      }
      assertThat(refused).isNotNull();
      assertThat(refused.outcome()).isEqualTo(PublishException.Outcome.NOT_STORED);
      assertThat(refused.remedy()).isEqualTo(AppendException.Remedy.NONE);
      assertThat(refused)
          .hasMessageContainingAll(
              file().toString(),
              "no space left",
              EmbeddedConfig.RETENTION_BYTES,
              "embedded-disk-full");
      assertThat(driver.health().state()).isEqualTo(Health.State.DEGRADED);
      await().atMost(LONG).until(() -> reader.arrivals.size() == stored.size());

      Files.delete(folder.resolve("filler"));
      Drivers.publish(writer, 0, "after", 1);
      stored.add("after-0");
      await().atMost(LONG).until(() -> reader.arrivals.size() >= stored.size());
      assertThat(reader.texts()).endsWith("after-0").containsAll(stored);
      await().atMost(LONG).until(() -> driver.health().state() == Health.State.UP);
      await().atMost(LONG).until(() -> reader.lanes.size() == 1);
      reader.commit(0);
      assertThat(driver.admin().lag("orders", "g").get(0).events()).isZero();
      try (var shell = new Shell(file())) {
        assertThat(shell.text("PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
  }

  @Test
  void aDatabaseAtItsPageLimitRefusesABatchAsAWhole() throws Exception {
    Location location = Location.of(file().toString());
    SharedFile shared = SharedFile.open(location);
    try (var store = new Store(location, shared)) {
      store.create(() -> false);
      WriteSession session = store.writer(Store.Sync.FULL);
      session.prepare("PRAGMA max_page_count = 40").execute();
      var topics = new TopicTable(session);
      var topic = new ArrayList<TopicRow>();
      session.write(() -> false, () -> topic.add(topics.open(Drivers.topic("orders", 1))));
      var log = new LogWriter(
          session,
          new LogTable(session, location),
          new StoreHealth(),
          shared.writeLock(),
          any -> {});
      log.start();
      var writer =
          new EmbeddedWriter(log, List.of(new LaneSlot(topic.get(0).lanes().get(0), 1)));
      Drivers.publish(writer, 0, "small", 3);
      var huge = Drivers.append(writer, 0, "x".repeat(1 << 20));
      assertThat(failure(huge)).hasMessageContaining("embedded-disk-full");
      assertThat(Drivers.publish(writer, 0, "small", 1)).containsExactly(Position.of(4));
      log.close();
    } finally {
      shared.close();
    }
  }

  @Test
  void aStuckWriterIsNamedAndNothingIsLostWhenItGoes() throws Exception {
    try (Driver driver = Drivers.open(file());
        Child holder = new Child(file(), "lock")) {
      var writer = Drivers.writer(driver, "orders", 8);
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 8, "g"), reader);
      await().until(() -> reader.lanes.size() == 8);
      await().atMost(LONG).until(() -> !holder.said("locked").isEmpty());
      var stuck = Drivers.append(writer, 0, "stuck");

      // The lease runs out by the member's own clock, as its beat cannot be written.
      await().atMost(LONG).until(() -> reader.lanes.isEmpty());
      assertThat(stuck).isNotDone();
      String pid = Long.toString(holder.pid());
      assertThat(reader.told).anyMatch(what -> what.startsWith("degraded") && what.contains(pid));
      assertThat(driver.health().reason()).contains(pid, "kill -CONT", "embedded-locked");

      holder.kill();
      Drivers.get(stuck);
      await().atMost(LONG).until(() -> reader.lanes.size() == 8);
      await().atMost(LONG).until(() -> reader.texts().contains("stuck"));
      await().atMost(LONG).until(() -> reader.told.contains("recovered"));
      assertThat(driver.health().state()).isEqualTo(Health.State.UP);
    }
  }

  @Test
  void closingDoesNotWaitForAStuckWriter() throws Exception {
    Driver driver = Drivers.open(file());
    var writer = Drivers.writer(driver, "orders", 8);
    try (Child holder = new Child(file(), "lock")) {
      await().atMost(LONG).until(() -> !holder.said("locked").isEmpty());
      var stuck = Drivers.append(writer, 0, "stuck");
      driver.close();
      assertThat(failure(stuck).outcome()).isEqualTo(PublishException.Outcome.NOT_STORED);
      assertThat(Threads.ofDriver()).isEmpty();
    }
  }

  @Test
  void aSchemaThatBecomesNewerStopsThisRelease() throws Exception {
    try (Driver driver = Drivers.open(file());
        var shell = new Shell(file())) {
      var writer = Drivers.writer(driver, "orders", 1);
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 1, "g"), reader);
      await().until(() -> reader.lanes.size() == 1);
      shell.update("PRAGMA user_version = 2000");
      AppendException refused = failure(Drivers.append(writer, 0, "e"));
      assertThat(refused.outcome()).isEqualTo(PublishException.Outcome.NOT_STORED);
      assertThat(refused).hasMessageContaining("embedded-newer-schema");
      await().until(() -> !reader.failures.isEmpty());
      assertThat(reader.failures).first().isInstanceOf(DriverException.class);
      assertThat(driver.health().state()).isEqualTo(Health.State.DOWN);
      assertThat(shell.number("SELECT count(*) FROM log")).isZero();
    }
  }

  @Test
  void aDeletedTopicIsToldToItsReadersAndWriters() throws Exception {
    try (Driver driver = Drivers.open(file());
        var shell = new Shell(file())) {
      var writer = Drivers.writer(driver, "orders", 1);
      var other = Drivers.writer(driver, "other", 1);
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 1, "g"), reader);
      await().until(() -> reader.lanes.size() == 1);
      shell.update("DELETE FROM lane WHERE topic = 1");
      shell.update("DELETE FROM topic WHERE name = 'orders'");
      await().until(() -> !reader.failures.isEmpty());
      assertThat(reader.failures).first().asString().contains("orders", "deleted");
      assertThat(failure(Drivers.append(writer, 0, "e")))
          .hasMessageContaining("embedded-not-found");
      Drivers.publish(other, 0, "e", 1);
    }
  }
}
