package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Backoff;
import dev.eventbus.Event;
import dev.eventbus.LaneLag;
import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionStats;
import dev.eventbus.conformance.BrokerFixture.NativeLag;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.LaneLost;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** F1–F4: what a member holds, and how it is held. */
public interface FlowClauses extends Conformance {

  /** Lanes of a topic of these tests. */
  int LANES = 4;

  /** F1. */
  @Test
  @Proves(Clause.F1)
  default void f1_aMemberHoldsNoMoreThanItsWindow() {
    SubscribeOptions options = bench()
        .options()
        .withConcurrency(4)
        .withMaxInFlight(10)
        .withBackoff(Backoff.fixed(Duration.ofMillis(300)));
    Workload workload = bench().workload(options);
    Loads.publish(workload, 60, 60, "slow:5+fail,ok");
    Loads.publish(workload, 60, 60, HandlerScript.slow(Duration.ofMillis(5)));
    workload.local("m1");
    workload.awaitSettled();
    workload.assertClean();
  }

  /** F2. */
  @Test
  @Proves(Clause.F2)
  default void f2_aPausedMemberKeepsItsLanesAndStartsNothing() {
    Duration lease = Duration.ofSeconds(1);
    Workload workload = bench().workload(bench().options().withLease(lease));
    LocalMember paused = workload.local("m1");
    Loads.publish(workload, 16, 16, HandlerScript.slow(Duration.ofMillis(20)));
    workload.awaitSettled();
    paused.pause();
    Loads.publish(workload, 32, 16, HandlerScript.slow(Duration.ofMillis(20)));
    workload.awaitPublished();
    long resumeAt = System.nanoTime() + lease.multipliedBy(2).toNanos();
    workload.await(Clause.F2, "two leases to pass", () -> System.nanoTime() > resumeAt);
    claimEqual(
        Clause.F2,
        16L,
        workload.history().count(HandlerEnded.class, ended -> true),
        "number of runs while paused");
    claimEqual(
        Clause.F2,
        0L,
        workload.history().count(LaneLost.class, lost -> true),
        "number of lanes lost while paused");
    paused.resume();
    workload.awaitSettled();
    workload.assertClean();
  }

  /** F3: a lane may be one event beyond its share. */
  @Test
  @Proves(Clause.F3)
  default void f3_aSlowHandlerDoesNotGrowMemory() {
    int payload = 8 << 10;
    long mostBytes = 1 << 20;
    SubscribeOptions options = bench().options().withConcurrency(2).withMaxBufferedBytes(mostBytes);
    Workload workload = bench().workload(options, Map.of(Settings.LANES, "" + LANES));
    for (int i = 0; i < 400; i++) {
      Event.Builder event = Event.builder().key("k" + i % 12).payload(new byte[payload]);
      workload.publish(event, HandlerScript.slow(Duration.ofMillis(2)));
    }
    workload.awaitPublished();
    Subscription subscription = workload.local("m1").subscription();
    var bytes = new AtomicLong();
    workload.awaitSettled(() -> {
      SubscriptionStats stats = subscription.stats();
      bytes.accumulateAndGet(stats.bufferedBytes(), Math::max);
    });
    claim(Clause.F3, bytes.get() > 0, "nothing was ever buffered");
    claim(
        Clause.F3,
        bytes.get() <= mostBytes + (long) LANES * payload,
        "%d bytes were buffered, the limit is %d".formatted(bytes.get(), mostBytes));
    workload.assertClean();
  }

  /** F4. */
  @Test
  @Proves(Clause.F4)
  default void f4_theBrokersOwnToolAgrees() throws Exception {
    NativeLag tool =
        bench().needs(Clause.F4, bench().broker().nativeLag(), "the broker's own tool");
    Workload workload = bench().workload(bench().options());
    String topic = workload.spec().topic();
    String group = workload.spec().group();
    LocalMember member = workload.local("m1");
    Loads.publish(workload, 16, 8, HandlerScript.OK);
    workload.awaitSettled();
    claimLag(tool, member, topic, group, 0);
    member.pause();
    Loads.publish(workload, 24, 8, HandlerScript.OK);
    workload.awaitPublished();
    claimLag(tool, member, topic, group, 24);
    member.resume();
    workload.awaitSettled();
    claimLag(tool, member, topic, group, 0);
    workload.assertClean();
  }

  private static void claimLag(
      NativeLag tool, LocalMember member, String topic, String group, long events) {
    Subscription subscription = member.subscription();
    claimWithin(Claims.SOON, Clause.F4, "a lag of " + events, () -> lag(subscription) == events);
    claimWithin(
        Claims.SOON,
        Clause.F4,
        "the broker's own tool to show a lag of " + events,
        () -> tool.of(topic, group) == events);
  }

  /** F4: as far as the bus itself tells. */
  @Test
  default void f4_lagIsWhatIsNotSettled() {
    Workload workload = bench().workload(bench().options());
    LocalMember member = workload.local("m1");
    Loads.publish(workload, 16, 8, HandlerScript.OK);
    workload.awaitSettled();
    Subscription subscription = member.subscription();
    workload.await(Clause.F4, "no lag", () -> lag(subscription) == 0);
    member.pause();
    Loads.publish(workload, 24, 8, HandlerScript.OK);
    workload.awaitPublished();
    workload.await(Clause.F4, "a lag of 24", () -> lag(subscription) == 24);
    member.resume();
    workload.awaitSettled();
    workload.await(Clause.F4, "no lag", () -> lag(subscription) == 0);
    workload.assertClean();
  }

  private static long lag(Subscription subscription) {
    return subscription.lag().stream().mapToLong(LaneLag::events).sum();
  }
}
