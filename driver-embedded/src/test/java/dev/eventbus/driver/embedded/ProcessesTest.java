package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.spi.Driver;
import dev.eventbus.spi.LaneEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one file, some of which die or are stopped. */
class ProcessesTest {

  private static final Duration START = Duration.ofSeconds(15);

  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("bus.db");
  }

  private static void awaitSaid(Child child, String start, int count) {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> child.said(start).size() >= count);
  }

  @Test
  void killedPublishersLoseNothingThatWasConfirmed() throws Exception {
    var acked = new ArrayList<String>();
    try (Child survivor = new Child(file(), "publish", "s")) {
      for (String name : List.of("a", "b")) {
        try (Child victim = new Child(file(), "publish", name)) {
          awaitSaid(victim, "acked", 2_000);
          victim.kill();
          victim.awaitEnd();
          acked.addAll(victim.said("acked"));
        }
        int before = survivor.said("acked").size();
        awaitSaid(survivor, "acked", before + 500);
      }
      survivor.kill();
      survivor.awaitEnd();
      assertThat(survivor.said("failed")).isEmpty();
      acked.addAll(survivor.said("acked"));
    }
    try (Driver driver = Drivers.open(file())) {
      var reader = new Recorder();
      driver.join(Drivers.join("orders", 8, "g"), reader);
      long stored = driver.admin().topic("orders").orElseThrow().events();
      await().atMost(START).until(() -> reader.arrivals.size() == stored);
      assertThat(reader.arrivals).allMatch(each -> each.event() instanceof LaneEvent.Decoded);
      Set<String> texts = new HashSet<>(reader.texts());
      assertThat(texts).hasSize((int) stored);
      assertThat(acked).allMatch(line -> texts.contains(line.substring("acked ".length())));
      for (int lane = 0; lane < 8; lane++) {
        for (String name : List.of("a-", "b-", "s-")) {
          assertThat(reader.texts(lane).stream()
                  .filter(text -> text.startsWith(name))
                  .toList())
              .isSortedAccordingTo((x, y) -> Integer.compare(number(x), number(y)));
        }
      }
    }
    try (var shell = new Shell(file())) {
      assertThat(shell.text("PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(text.indexOf('-') + 1));
  }

  @Test
  void aKilledMembersLanesPassOnAtOnce() throws Exception {
    try (Driver driver = Drivers.open(file());
        Child victim = new Child(file(), "member", "g", "30000")) {
      awaitSaid(victim, "granted", 8);
      var heir = new Recorder();
      driver.join(Drivers.join("orders", 8, "g"), heir);
      await().until(() -> heir.lanes.size() == 4);
      Drivers.publish(Drivers.writer(driver, "orders", 8), 0, "e", 50);
      awaitSaid(victim, "arrived 0", 50);
      long killed = System.nanoTime();
      victim.kill();
      await().pollInterval(Duration.ofMillis(2)).until(() -> heir.lanes.size() == 8);
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aStoppedMembersLanesPassOnWithItsLeaseAndItLearnsOfIt() throws Exception {
    try (Driver driver = Drivers.open(file());
        Child frozen = new Child(file(), "member", "g", "2000")) {
      awaitSaid(frozen, "granted", 8);
      frozen.signal("STOP");
      long stopped = System.nanoTime();
      var heir = new Recorder();
      driver.join(Drivers.join("orders", 8, "g"), heir);
      await().until(() -> heir.lanes.size() == 8);
      assertThat(Duration.ofNanos(System.nanoTime() - stopped))
          .isGreaterThan(Duration.ofSeconds(1))
          .isLessThan(Duration.ofSeconds(4));
      frozen.signal("CONT");
      awaitSaid(frozen, "lost", 8);
      awaitSaid(frozen, "granted", 12);
      await().until(() -> heir.lanes.size() == 4);
    }
  }

  @Test
  void eventsOfAnotherProcessComeAtOnce() throws Exception {
    try (Driver driver = Drivers.open(file());
        Child reader = new Child(file(), "member", "g", "30000")) {
      awaitSaid(reader, "granted", 8);
      var writer = Drivers.writer(driver, "orders", 8);
      long slowest = 0;
      for (int i = 0; i < 30; i++) {
        long before = System.nanoTime();
        Drivers.publish(writer, i % 8, "e" + i, 1);
        int expected = i + 1;
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofNanos(100_000))
            .until(() -> reader.said("arrived").size() == expected);
        // The first ones also wait until the publisher has heard of the reader.
        slowest = i < 10 ? 0 : Math.max(slowest, System.nanoTime() - before);
      }
      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(80));
    }
  }

  @Test
  void aStoppedBroadcastMemberMissesNothing() throws Exception {
    try (Driver driver = Drivers.open(file());
        Child frozen = new Child(file(), "ephemeral", "each", "1000");
        var shell = new Shell(file())) {
      awaitSaid(frozen, "granted", 8);
      var writer = Drivers.writer(driver, "orders", 8);
      Drivers.publish(writer, 0, "before", 10);
      awaitSaid(frozen, "arrived", 10);
      await().until(() -> shell.number("SELECT max(floor) FROM own") == 10);
      frozen.signal("STOP");
      await().until(() -> shell.number("SELECT count(*) FROM grp") == 0);
      Drivers.publish(writer, 0, "while", 10);
      frozen.signal("CONT");
      awaitSaid(frozen, "arrived", 20);
      assertThat(frozen.said("arrived").subList(10, 20))
          .allMatch(line -> line.matches("arrived 0 [2-9] while-\\d"));
      assertThat(shell.number("SELECT count(*) FROM grp")).isEqualTo(1);
    }
  }

  @Test
  void anEphemeralGroupGoesWithItsProcess() throws Exception {
    try (Driver driver = Drivers.open(file())) {
      Drivers.writer(driver, "orders", 8);
      try (Child victim = new Child(file(), "ephemeral", "each-1", "30000");
          var shell = new Shell(file())) {
        awaitSaid(victim, "granted", 8);
        assertThat(driver.admin().groups("orders")).isEmpty();
        assertThat(shell.number("SELECT count(*) FROM own")).isEqualTo(8);
        victim.kill();
        await().until(() -> shell.number("SELECT count(*) FROM own") == 0);
        assertThat(shell.number("SELECT count(*) FROM grp")).isZero();
        assertThat(shell.number("SELECT count(*) FROM member")).isZero();
      }
    }
  }

  @Test
  void anEphemeralGroupGoesWithTheCloseOfItsDriver() throws Exception {
    try (Driver driver = Drivers.open(file());
        Child leaver = new Child(file(), "ephemeral", "each-2", "30000");
        var shell = new Shell(file())) {
      awaitSaid(leaver, "granted", 8);
      leaver.quit();
      awaitSaid(leaver, "closed", 1);
      assertThat(shell.number("SELECT count(*) FROM grp")).isZero();
      assertThat(driver.health().reason()).isEmpty();
    }
  }
}
