package dev.eventbus.driver.nats;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.eventbus.driver.nats.Ledger.Entry;
import dev.eventbus.driver.nats.Ledger.Page;
import dev.eventbus.driver.nats.Ledger.StaleRevisionException;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners, records and leases in the bucket of a real server. */
class LedgerTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final AtomicInteger KEYS = new AtomicInteger();

  @TempDir
  static Path directory;

  private static LaneBroker broker;
  private static ScheduledExecutorService timer;
  private static ServerCalls calls;
  private static Ledger ledger;
  private static Connection client;

  private final String key = "topic.group." + KEYS.incrementAndGet();

  @BeforeAll
  static void start() throws Exception {
    broker = new LaneBroker(directory);
    // Its opening makes the bucket.
    broker.driver();
    timer = Executors.newSingleThreadScheduledExecutor();
    client = broker.client();
    calls = new ServerCalls(client, timer, System::nanoTime, new Denials());
    ledger = new Ledger(calls);
  }

  @AfterAll
  static void stop() {
    timer.shutdownNow();
    broker.close();
  }

  private static <T> T get(CompletableFuture<T> call) throws Exception {
    return call.get(20, SECONDS);
  }

  private LedgerBook book(String member) throws Exception {
    return new LedgerBook(ledger, key, member, get(ledger.read(key)));
  }

  @Test
  void aLaneThatNobodyHadHasABlankPage() throws Exception {
    assertThat(get(ledger.read(key))).isEqualTo(Entry.NONE);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    var page = new Page("member", 4711, "eb1;c;the record");
    long revision = get(ledger.write(key, 0, "member", page));
    assertThat(get(ledger.read(key))).isEqualTo(new Entry(revision, page));
  }

  @Test
  void ofTwoThatTakeALaneOneGetsIt() throws Exception {
    LedgerBook first = book("one");
    LedgerBook second = book("two");
    assertThat(get(first.take()).fence()).isPositive();
    assertThatThrownBy(() -> get(second.take())).hasCauseInstanceOf(StaleRevisionException.class);
    assertThat(get(ledger.read(key)).page().owner()).isEqualTo("one");
  }

  @Test
  void theNextOwnersFenceIsHigherAndItFindsTheRecord() throws Exception {
    LedgerBook first = book("one");
    long fence = get(first.take()).fence();
    get(first.write("record"));
    get(first.release("last", 17));
    LaneBook.Opening opening = get(book("two").take());
    assertThat(opening.fence()).isGreaterThan(fence);
    assertThat(opening.record()).isEqualTo("last");
    assertThat(opening.seen()).isEqualTo(17);
  }

  @Test
  void aFormerOwnerIsShutOut() throws Exception {
    LedgerBook former = book("one");
    get(former.take());
    get(book("two").take());
    assertThatThrownBy(() -> get(former.confirm()))
        .hasCauseInstanceOf(StaleRevisionException.class);
    assertThatThrownBy(() -> get(former.write("late")))
        .hasCauseInstanceOf(StaleRevisionException.class);
    assertThatThrownBy(() -> get(former.release("late", 0)))
        .hasCauseInstanceOf(StaleRevisionException.class);
    assertThat(get(ledger.read(key)).page()).isEqualTo(new Page("two", 0, ""));
  }

  @Test
  void anOwnWriteWhoseAnswerWasLostIsRecognised() throws Exception {
    var page = new Page("one", 0, "record");
    long revision = get(ledger.write(key, 0, "one", page));
    assertThat(get(ledger.write(key, 0, "one", page))).isEqualTo(revision);
  }

  @Test
  void afterALostAnswerTheNextRecordIsWrittenAllTheSame() throws Exception {
    long lost = get(ledger.write(key, 0, "one", new Page("one", 0, "first")));
    long second = get(ledger.write(key, 0, "one", new Page("one", 0, "second")));
    assertThat(second).isGreaterThan(lost);
    assertThat(get(ledger.read(key)).page().record()).isEqualTo("second");
  }

  @Test
  void aRecordOfFourThousandCharactersFits() throws Exception {
    String record = "x".repeat(4_000);
    get(ledger.write(key, 0, "one", new Page("one", 0, record)));
    assertThat(get(ledger.read(key)).page().record()).isEqualTo(record);
  }

  @Test
  void aLeaseEndsByItselfUnlessItIsRenewed() throws Exception {
    Duration lease = Duration.ofSeconds(2);
    long revision = get(ledger.renew(key, 0, "one", lease, LIMIT));
    assertThat(get(ledger.lives(key))).isTrue();
    long renewed = System.nanoTime();
    long next = get(ledger.renew(key, revision, "one", lease, LIMIT));
    assertThat(next).isGreaterThan(revision);
    await().atMost(LIMIT).until(() -> !get(ledger.lives(key)));
    assertThat(Duration.ofNanos(System.nanoTime() - renewed))
        .isGreaterThanOrEqualTo(lease.minusMillis(50));
    assertThatThrownBy(() -> get(ledger.renew(key, next, "one", lease, LIMIT)))
        .as("it has ended")
        .hasCauseInstanceOf(StaleRevisionException.class);
    assertThat(get(ledger.read(key))).isEqualTo(Entry.NONE);
    assertThat(get(ledger.renew(key, 0, "one", lease, LIMIT))).isGreaterThan(next);
  }

  @Test
  void whatIsRemovedLeavesNothing() throws Exception {
    get(ledger.renew(key, 0, "one", Duration.ofSeconds(60), LIMIT));
    get(ledger.remove(key));
    assertThat(get(ledger.lives(key))).isFalse();
    assertThat(get(ledger.read(key)).revision()).as("its marker").isPositive();
    await("the marker's end").atMost(LIMIT).until(() -> get(ledger.read(key)).equals(Entry.NONE));
  }

  @Test
  void whatWasRemovedCanBeTakenAgainBesideItsMarker() throws Exception {
    get(ledger.write(key, 0, "one", new Page("one", 0, "record")));
    get(ledger.remove(key));
    Entry marker = get(ledger.read(key));
    assertThat(marker.page()).isEqualTo(Page.BLANK);
    assertThat(get(ledger.write(key, marker.revision(), "two", new Page("two", 0, ""))))
        .isGreaterThan(marker.revision());
  }

  @Test
  void theNativeToolsReadItAsAKeyValueBucket() throws Exception {
    get(ledger.write(key, 0, "one", new Page("one", 0, "record")));
    KeyValue bucket = client.keyValue(Ledger.BUCKET);
    assertThat(bucket.keys()).contains(key);
    assertThat(bucket.get(key).getValueAsString()).isEqualTo("record");
  }

  /** What a member's lease tells. */
  private static final class Hearing implements MemberLease.Observer {
    final List<String> told = new ArrayList<>();
    final AtomicLong lapses = new AtomicLong();

    @Override
    public void lapsed(long endedAt) {
      lapses.incrementAndGet();
    }

    @Override
    public void trouble(Throwable cause) {
      told.add(cause.toString());
    }
  }

  @Test
  void aMembersLeaseRunsWhileItIsRenewedAndTellsThatItHadEnded() throws Exception {
    var hearing = new Hearing();
    var serial = new Serial();
    var lease = new MemberLease(calls, ledger, key, "one", Duration.ofSeconds(2), serial, hearing);
    serial.execute(lease::renew);
    await().atMost(LIMIT).until(() -> lease.until() - System.nanoTime() > 0);
    long first = lease.until();
    await().atMost(LIMIT).until(() -> {
      serial.execute(lease::tick);
      return lease.until() - first > Duration.ofSeconds(1).toNanos();
    });
    assertThat(hearing.lapses).hasValue(0);

    // Nobody ticks: it ends on the server, not before it has ended here.
    await().atMost(LIMIT).until(() -> !get(ledger.lives(key)));
    assertThat(lease.until() - System.nanoTime()).isNegative();
    serial.execute(lease::tick);
    await().atMost(LIMIT).until(() -> lease.until() - System.nanoTime() > 0);
    assertThat(hearing.lapses).hasValue(1);
    get(lease.remove());
    assertThat(get(ledger.lives(key))).isFalse();
    assertThat(hearing.told).isEmpty();
  }
}
