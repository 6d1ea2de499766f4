package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;

import dev.eventbus.Backoff;
import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.history.Expectations;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A1–A6, A9: what settles an event, and what becomes of one that is not settled. */
public interface AckClauses extends Conformance {

  /** A1. */
  @Test
  @Proves({Clause.A1, Clause.S2})
  @Catches(Saboteur.HANDS_OUT_TWICE)
  default void a1_aHandledEventIsNotDeliveredAgain() {
    Workload workload = bench().workload(bench().options());
    Loads.publish(workload, 60, 8, HandlerScript.OK);
    LocalMember first = workload.local("m1");
    workload.awaitSettled();
    first.close();
    workload.local("m2");
    Claims.claimStays(Clause.A1, "no event comes again", () -> {
      workload.history().refresh();
      return workload.history().count(HandlerStarted.class, start -> true) == 60;
    });
    workload.assertClean();
  }

  /** A2. */
  @Test
  @Proves(Clause.A2)
  @Catches(Saboteur.SWALLOWS_FAILURES)
  default void a2_aFailedEventIsNotSettled() {
    Workload workload = bench().workload(quickRetries());
    Loads.publish(workload, 10, 5, "fail,ok");
    Loads.publish(workload, 10, 5, "error,ok");
    workload.local("m1");
    workload.awaitSettled();
    workload.assertClean();
  }

  private SubscribeOptions quickRetries() {
    return bench().options().withBackoff(Backoff.fixed(Duration.ofMillis(50)));
  }

  /** A3. */
  @Test
  @Proves(Clause.A3)
  @Catches(Saboteur.SETTLES_ON_ARRIVAL)
  default void a3_whatAKilledMemberHadReachesAnother() {
    Workload workload = bench().workload(bench().options().withConcurrency(4));
    List<MemberProcess> members = Loads.processes(workload, "m1", "m2");
    Loads.publish(workload, 160, 16, HandlerScript.slow(Duration.ofMillis(15)));
    Loads.awaitSettled(workload, Clause.A3, 30);
    Loads.awaitBusy(workload, Clause.A3, members.get(0));
    members.get(0).kill();
    workload.awaitSettled();
    workload.assertClean(Expectations::idle);
  }

  /** A4. */
  @Test
  @Proves(Clause.A4)
  @Catches(Saboteur.HANDS_OUT_AGAIN_AFTER_THE_LEASE)
  default void a4_aHandlerMayRunLongerThanTheLease() {
    Duration lease = Duration.ofSeconds(1);
    Workload workload = bench().workload(bench().options().withLease(lease));
    workload.local("m1");
    workload.local("m2");
    Loads.publish(workload, 4, 4, HandlerScript.slow(lease.multipliedBy(5).dividedBy(2)));
    workload.awaitSettled();
    workload.assertClean();
  }

  /** A5. */
  @Test
  @Proves(Clause.A5)
  @Catches(Saboteur.FORGETS_SETTLES)
  default void a5_afterACrashAtMostAWindowOfSettledEventsComesAgain() {
    int window = 10;
    SubscribeOptions options = bench().options().withMaxInFlight(window);
    Workload workload = bench().workload(options, Map.of(Settings.LANES, "2"));
    List<MemberProcess> first = Loads.processes(workload, "m1");
    Loads.publish(workload, 120, 12, HandlerScript.slow(Duration.ofMillis(2)));
    Loads.awaitSettled(workload, Clause.A5, 80);
    first.get(0).kill();
    Loads.processes(workload, "m2");
    Loads.publish(workload, 12, 12, HandlerScript.OK);
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claim(Clause.A5, verdict.seen().mostRedelivered() <= window, verdict.toString());
  }

  /** A6. */
  @Test
  @Proves(Clause.A6)
  @Catches({Saboteur.HANDS_OUT_REDELIVERED_TWICE, Saboteur.LOSES_WHAT_WAS_LEFT})
  default void a6_aLateSettleNeitherLosesNorRepeats() {
    Workload workload = bench().workload(bench().options().withConcurrency(4));
    MemberProcess zombie = Loads.processes(workload, "m1").get(0);
    Loads.publish(workload, 80, 8, HandlerScript.slow(Duration.ofMillis(30)));
    Loads.awaitSettled(workload, Clause.A6, 16);
    Loads.awaitBusy(workload, Clause.A6, zombie);
    zombie.suspend();
    Loads.processes(workload, "m2");
    Loads.awaitSettled(workload, Clause.A6, 40);
    zombie.proceed();
    Loads.publish(workload, 40, 8, HandlerScript.slow(Duration.ofMillis(5)));
    workload.awaitSettled();
    workload.assertClean();
  }

  /** A9. */
  @Test
  @Proves(Clause.A9)
  @Catches(Saboteur.ACKS_BEGUN_STAGES)
  default void a9_anAsynchronousHandlerSettlesWhenItsStageCompletes() {
    Workload workload = bench().workload(quickRetries());
    Loads.publish(workload, 40, 5, HandlerScript.slow(Duration.ofMillis(10)));
    Loads.publish(workload, 10, 5, "slow:10+fail,ok");
    Loads.publish(workload, 10, 5, "error,ok");
    workload.local("m1", spec -> spec.withHandlers(HandlerKind.ASYNC));
    workload.awaitSettled();
    workload.assertClean();
  }
}
