package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.DriverException;
import dev.eventbus.Durability;
import dev.eventbus.Health;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing remains of a closed driver, and the others on its file do not notice. */
class ClosingTest {

  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("bus.db");
  }

  private static List<String> openFiles() throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.isDirectory(own)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(own)) {
      return files
          .map(ClosingTest::target)
          .filter(name -> !name.startsWith("/proc"))
          .sorted()
          .toList();
    }
  }

  private static String target(Path link) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      // Sockets and selectors count, but their numbers differ.
      return target.startsWith("socket:") ? "socket" : target;
    } catch (IOException closedMeanwhile) {
      return "/proc/gone";
    }
  }

  private void use(Driver driver) {
    var writer = Drivers.writer(driver, "orders", 8);
    var reader = new Recorder();
    driver.join(Drivers.join("orders", 8, "g"), reader);
    Drivers.publish(writer, 0, "e", 10);
    await().until(() -> reader.arrivals.size() == 10);
    reader.releaseAll();
  }

  @Test
  void noThreadSocketOrFileRemains() throws Exception {
    try (Driver driver = Drivers.open(file())) {
      use(driver);
    }
    List<String> before = openFiles();
    for (int i = 0; i < 3; i++) {
      Driver driver = Drivers.open(file());
      driver.join(Drivers.join("orders", 8, "g" + i), new Recorder());
      Drivers.publish(Drivers.writer(driver, "orders", 8), 0, "e", 10);
      driver.close();
      driver.close();
    }
    assertThat(openFiles()).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .contains("bus.db")
          .doesNotContain("bus.db-wal", "bus.db-shm");
    }
  }

  @Test
  void aClosedDriverRefusesAndDoesNotHang() {
    Driver driver = Drivers.open(file());
    var writer = Drivers.writer(driver, "orders", 8);
    Membership membership = driver.join(Drivers.join("orders", 8, "g"), new Recorder());
    driver.close();
    assertThat(Drivers.append(writer, 0, "late"))
        .failsWithin(Drivers.LEASE)
        .withThrowableThat()
        .withCauseInstanceOf(AppendException.class);
    assertThat(driver.writer(Drivers.topic("new", 1)).toCompletableFuture())
        .isCompletedExceptionally();
    assertThatThrownBy(() -> driver.join(Drivers.join("orders", 8, "g"), new Recorder()))
        .isInstanceOf(DriverException.class);
    assertThatThrownBy(() -> driver.admin().topics()).isInstanceOf(DriverException.class);
    assertThat(driver.health().state()).isEqualTo(Health.State.DOWN);
    Drivers.get(membership.leave().toCompletableFuture());
  }

  @Test
  void twoDriversOfOneProcessShareAFile() {
    try (Driver first = Drivers.open(file())) {
      var reader = new Recorder();
      first.join(Drivers.join("orders", 8, "g"), reader);
      await().until(() -> reader.lanes.size() == 8);
      for (int i = 0; i < 3; i++) {
        try (Driver second = Drivers.open(folder.resolve("./bus.db"))) {
          var other = new Recorder();
          Membership membership = second.join(Drivers.join("orders", 8, "g"), other);
          await().until(() -> other.lanes.size() == 4);
          Drivers.publish(Drivers.writer(second, "orders", 8), 0, "second-" + i, 10);
          Drivers.publish(Drivers.writer(first, "orders", 8), 0, "first-" + i, 10);
          membership.retire();
          other.releaseAll();
        }
        int expected = 20 * (i + 1);
        await().until(() -> reader.lanes.size() == 8);
        await().until(() -> reader.arrivals.size() == expected);
      }
      assertThat(reader.told).noneMatch(what -> what.startsWith("lost"));
    }
  }

  @Test
  void memoryIsOfOneDriverAlone() {
    try (Driver first = Drivers.open(":memory:");
        Driver second = Drivers.open(":memory:")) {
      assertThat(first.capabilities().durability()).isEqualTo(Durability.PROCESS_MEMORY);
      var writer = Drivers.writer(first, "orders", 8);
      var one = new Recorder();
      var two = new Recorder();
      first.join(Drivers.join("orders", 8, "g"), one);
      first.join(Drivers.join("orders", 8, "g"), two);
      await().until(() -> one.lanes.size() == 4 && two.lanes.size() == 4);
      for (int lane = 0; lane < 8; lane++) {
        Drivers.publish(writer, lane, "e", 500);
      }
      await().until(() -> one.arrivals.size() + two.arrivals.size() == 4_000);
      one.commitAll();
      two.commitAll();
      assertThat(first.admin().lag("orders", "g")).allMatch(lag -> lag.events() == 0);
      assertThat(second.admin().topics()).isEmpty();
    }
    assertThat(Threads.ofDriver()).isEmpty();
  }

  @Test
  void aFileSaysWhatItKeeps() {
    try (Driver driver = Drivers.open(file(), EmbeddedConfig.MAX_EVENT_BYTES, "1MiB")) {
      var can = driver.capabilities();
      assertThat(can.durability()).isEqualTo(Durability.POWER_LOSS);
      assertThat(can.maxEventBytes()).isEqualTo(1 << 20);
      assertThat(can.maxEventBytesSource()).isEqualTo(EmbeddedConfig.MAX_EVENT_BYTES);
      assertThat(can.broker()).matches("sqlite \\d+\\.\\d+\\.\\d+");
      assertThat(can.client()).startsWith("sqlite-jdbc ");
      assertThat(driver.health().state()).isEqualTo(Health.State.UP);
    }
  }
}
