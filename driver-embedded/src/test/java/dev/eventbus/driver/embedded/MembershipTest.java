package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.LaneCountException;
import dev.eventbus.LaneLag;
import dev.eventbus.StartAt;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import dev.eventbus.spi.TopicRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns which lane, what an owner is given, and where the next one goes on. */
class MembershipTest {

  private static final Duration SOON = Duration.ofSeconds(1);

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

  private Recorder joined(Driver on, String group) {
    var recorder = new Recorder();
    on.join(Drivers.join("orders", 8, group), recorder);
    return recorder;
  }

  @Nested
  class Share {

    @Test
    void theFirstMemberGetsEveryLane() {
      var only = joined(driver, "g");
      await().atMost(SOON).untilAsserted(() -> assertThat(only.lanes).hasSize(8));
    }

    @Test
    void aJoinerGetsItsShareAndTheLeaversGoBack() {
      var first = joined(driver, "g");
      await().untilAsserted(() -> assertThat(first.lanes).hasSize(8));
      try (Driver other = Drivers.open(folder.resolve("bus.db"))) {
        var second = new Recorder();
        Membership membership = other.join(Drivers.join("orders", 8, "g"), second);
        await().atMost(SOON).untilAsserted(() -> assertThat(second.lanes).hasSize(4));

        var third = joined(driver, "g");
        await().atMost(SOON).untilAsserted(() -> assertThat(third.lanes).hasSize(2));
        assertThat(first.lanes).hasSize(3);
        assertThat(second.lanes).hasSize(3);
        membership.retire();
        await().atMost(SOON).untilAsserted(() -> assertThat(second.lanes).hasSize(3));
        second.releaseAll();
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(first.lanes.size() + third.lanes.size()).isEqualTo(8));
        Drivers.get(membership.leave().toCompletableFuture());
        await().atMost(SOON).untilAsserted(() -> {
          assertThat(first.lanes).hasSize(4);
          assertThat(third.lanes).hasSize(4);
        });
        assertThat(first.lanes.keySet()).doesNotContainAnyElementsOf(third.lanes.keySet());
      }
    }

    @Test
    void aSurplusMemberWaitsWithoutLanes() {
      var first = new Recorder();
      driver.join(Drivers.join("single", 1, "g"), first);
      var second = new Recorder();
      Membership spare = driver.join(Drivers.join("single", 1, "g"), second);
      await().untilAsserted(() -> assertThat(first.lanes).hasSize(1));
      Drivers.get(spare.leave().toCompletableFuture());
      assertThat(second.told).isEmpty();
    }

    @Test
    void aLaneNotReleasedPassesOnWhenTheLeaseEnds() {
      var first = new Recorder();
      Membership leaver = driver.join(Drivers.join("orders", 8, "g"), first);
      await().untilAsserted(() -> assertThat(first.lanes).hasSize(8));
      var second = new Recorder();
      try (Driver other = Drivers.open(folder.resolve("bus.db"))) {
        long left = System.nanoTime();
        Drivers.get(leaver.leave().toCompletableFuture());
        other.join(Drivers.join("orders", 8, "g"), second);
        await().untilAsserted(() -> assertThat(second.lanes).hasSize(8));
        assertThat(System.nanoTime() - left)
            .isGreaterThan(Drivers.LEASE.toNanos() / 2)
            .isLessThan(Drivers.LEASE.toNanos() + TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  @Nested
  class Progressing {

    @Test
    void theNextOwnerGoesOnWhereTheLastOneCommitted() {
      var writer = Drivers.writer(driver, "orders", 8);
      Drivers.publish(writer, 0, "e", 10);
      var first = joined(driver, "g");
      await().untilAsserted(() -> assertThat(first.arrivals).hasSize(10));
      Lane lane = Objects.requireNonNull(first.lanes.get(0));
      var progress = new Progress(List.of(), Position.of(4), 2, "ahead: 6, 8");
      Drivers.get(lane.commit(progress).toCompletableFuture());
      assertThat(driver.admin().lag("orders", "g")).contains(new LaneLag(0, 4));

      driver.close();
      driver = Drivers.open(folder.resolve("bus.db"));
      var second = joined(driver, "g");
      await().untilAsserted(() -> assertThat(second.texts(0)).hasSize(6));
      assertThat(second.texts(0)).startsWith("e-4", "e-5");
      assertThat(second.starts.get(0).floor()).isEqualTo(Position.of(4));
      assertThat(second.starts.get(0).end()).isEqualTo(Position.of(10));
      assertThat(second.starts.get(0).record()).isEqualTo("ahead: 6, 8");
      assertThat(Objects.requireNonNull(second.lanes.get(0)).fence()).isGreaterThan(lane.fence());
    }

    @Test
    void aFormerOwnerCannotCommit() throws Exception {
      var first = joined(driver, "g");
      await().untilAsserted(() -> assertThat(first.lanes).hasSize(8));
      Lane lane = Objects.requireNonNull(first.lanes.get(3));
      try (var shell = new Shell(folder.resolve("bus.db"))) {
        shell.update("UPDATE own SET epoch = epoch + 1, owner = 99, floor = 7 WHERE lane = 4");
        var late = lane.commit(new Progress(List.of(), Position.of(5), 0, "late"));
        assertThat(late.toCompletableFuture())
            .failsWithin(SOON)
            .withThrowableThat()
            .havingCause()
            .isInstanceOf(LaneLostException.class);
        await().untilAsserted(() -> assertThat(first.told).contains("lost 3"));
        assertThat(shell.number("SELECT floor FROM own WHERE lane = 4")).isEqualTo(7);
        assertThat(lane.release(new Progress(List.of(), null, 0, "")).toCompletableFuture())
            .isCompletedExceptionally();
      }
    }

    @Test
    void theFloorNeverGoesBack() {
      var first = joined(driver, "g");
      Drivers.publish(Drivers.writer(driver, "orders", 8), 0, "e", 10);
      await().untilAsserted(() -> assertThat(first.lanes).hasSize(8));
      Lane lane = Objects.requireNonNull(first.lanes.get(0));
      for (Position floor : new Position[] {Position.of(9), Position.of(3), null}) {
        Drivers.get(lane.commit(new Progress(List.of(), floor, 0, "")).toCompletableFuture());
      }
      assertThat(driver.admin().lag("orders", "g")).contains(new LaneLag(0, 1));
    }

    @Test
    void theLeaseIsRenewed() {
      var first = joined(driver, "g");
      await().untilAsserted(() -> assertThat(first.lanes).hasSize(8));
      Lane lane = Objects.requireNonNull(first.lanes.get(0));
      long until = lane.leaseUntil();
      assertThat(until - System.nanoTime()).isPositive().isLessThan(Drivers.LEASE.toNanos());
      await().untilAsserted(() -> assertThat(lane.leaseUntil()).isGreaterThan(until));
      assertThat(first.told).noneMatch(what -> what.startsWith("lost"));
    }
  }

  @Nested
  class Reading {

    @Test
    void creditIsNeverExceeded() {
      var writer = Drivers.writer(driver, "orders", 1);
      Drivers.publish(writer, 0, "e", 20);
      var slow = new Recorder(new Recorder.Credit(0, 0));
      driver.join(Drivers.join("orders", 1, "g"), slow);
      await().untilAsserted(() -> assertThat(slow.lanes).hasSize(1));
      Lane lane = Objects.requireNonNull(slow.lanes.get(0));
      lane.request(2, 1L << 20);
      await().untilAsserted(() -> assertThat(slow.arrivals).hasSize(2));
      lane.request(0, 1L << 20);
      lane.request(3, 0);
      await().untilAsserted(() -> assertThat(slow.arrivals).hasSize(5));
      lane.request(1_000, 2 - lane(2L << 20, slow));
      await().untilAsserted(() -> assertThat(slow.arrivals).hasSize(6));
      await()
          .during(Duration.ofMillis(300))
          .untilAsserted(() -> assertThat(slow.arrivals).hasSize(6));
    }

    /** What is left of the bytes that were asked for. */
    private static long lane(long asked, Recorder recorder) {
      return asked
          - recorder.arrivals.stream().mapToLong(each -> each.event().bytes()).sum();
    }

    @Test
    void newEventsComeAtOnce() {
      var reader = joined(driver, "g");
      await().untilAsserted(() -> assertThat(reader.lanes).hasSize(8));
      try (Driver other = Drivers.open(folder.resolve("bus.db"))) {
        var writer = Drivers.writer(other, "orders", 8);
        for (int i = 0; i < 20; i++) {
          Drivers.publish(writer, i % 8, "e" + i, 1);
          int expected = i + 1;
          await()
              .pollInterval(Duration.ofMillis(1))
              .atMost(SOON)
              .untilAsserted(() -> assertThat(reader.arrivals).hasSize(expected));
        }
      }
      assertThat(reader.told).noneMatch(what -> what.startsWith("called by"));
    }

    @Test
    void everyGroupGetsEveryEvent() {
      var one = joined(driver, "one");
      var two = joined(driver, "two");
      Drivers.publish(Drivers.writer(driver, "orders", 8), 5, "e", 100);
      await().untilAsserted(() -> assertThat(one.texts(5)).hasSize(100));
      await().untilAsserted(() -> assertThat(two.texts(5)).isEqualTo(one.texts(5)));
      assertThat(driver.admin().groups("orders")).containsExactly("one", "two");
    }
  }

  @Nested
  class Start {

    @Test
    void latestBeginsBehindTheNewest() {
      var writer = Drivers.writer(driver, "orders", 1);
      Drivers.publish(writer, 0, "old", 3);
      var recorder = new Recorder();
      driver.join(Drivers.join("orders", 1, "g", StartAt.latest()), recorder);
      Drivers.publish(writer, 0, "new", 2);
      await().untilAsserted(() -> assertThat(recorder.arrivals).hasSize(2));
      assertThat(recorder.texts()).containsExactly("new-0", "new-1");
    }

    @Test
    void anInstantBeginsAtTheFirstEventStoredThenOrLater() throws Exception {
      var writer = Drivers.writer(driver, "orders", 1);
      Drivers.publish(writer, 0, "e", 100);
      try (var shell = new Shell(folder.resolve("bus.db"))) {
        shell.update("UPDATE log SET at = 1000 + (pos & 0xff) / 10 * 10");
      }
      for (var expected : List.of(List.of(999L, 100), List.of(1050L, 51), List.of(1051L, 41))) {
        var recorder = new Recorder();
        Instant start = Instant.ofEpochMilli(expected.get(0).longValue());
        driver.join(
            Drivers.join("orders", 1, "from-" + start.toEpochMilli(), StartAt.at(start)), recorder);
        int count = expected.get(1).intValue();
        await().untilAsserted(() -> assertThat(recorder.arrivals).hasSize(count));
      }
      var late = Drivers.join("orders", 1, "late", StartAt.at(Instant.now()));
      driver.join(late, new Recorder());
      assertThat(driver.admin().lag("orders", "late")).containsExactly(new LaneLag(0, 0));
    }

    @Test
    void anotherLaneCountIsRefusedAndLeavesNothing() {
      Drivers.writer(driver, "orders", 8);
      var demand = new TopicRequest("orders", LaneCount.demanded(4));
      var request =
          new JoinRequest(demand, "g", GroupKind.DURABLE, StartAt.earliest(), Drivers.LEASE);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> driver.join(request, new Recorder()))
          .isInstanceOf(LaneCountException.class);
      assertThat(driver.admin().groups("orders")).isEmpty();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> driver.writer(demand).toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(LaneCountException.class);
    }
  }
}
