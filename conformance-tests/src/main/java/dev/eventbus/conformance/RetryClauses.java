package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;

import dev.eventbus.Backoff;
import dev.eventbus.OnExhausted;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.history.Expectations;
import dev.eventbus.conformance.history.HistoryEvent.Discarded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R1, R2, R4, R8: attempts and the time between them. */
public interface RetryClauses extends Conformance {

  /** R1. */
  @Test
  @Proves(Clause.R1)
  @Catches(Saboteur.FORGETS_ATTEMPTS)
  default void r1_attemptsCountFromOneToTheLast() {
    Workload workload = bench().workload(quickRetries());
    workload.readDeadLetters();
    Loads.publish(workload, 8, 4, HandlerScript.failTimes(1));
    Loads.publish(workload, 8, 4, HandlerScript.failTimes(2));
    Loads.publish(workload, 4, 4, HandlerScript.FAIL);
    workload.local("m1");
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.R1, 8 * 2 + 8 * 3 + 4 * 3, verdict.seen().runs(), "number of runs");
  }

  private SubscribeOptions quickRetries() {
    return bench().options().withBackoff(Backoff.fixed(Duration.ofMillis(50)));
  }

  /** R1. */
  @Test
  @Proves(Clause.R1)
  @Catches(Saboteur.FORGETS_THE_RECORD)
  default void r1_attemptsSurviveAKill() {
    Workload workload = bench().workload(quickRetries());
    MemberProcess first = Loads.processes(workload, "m1").get(0);
    workload.publish("bad", "fail,slow:1500,ok");
    workload.await(
        Clause.R1, "attempt 2", () -> Loads.starts(workload, "bad", 1).size() == 2);
    first.kill();
    workload.local("m2");
    workload.awaitSettled();
    workload.assertClean();
    int attempt = Loads.starts(workload, "bad", 1).get(2).attempt();
    claim(Clause.R1, attempt >= 2, "attempt " + attempt + " follows the kill in attempt 2");
  }

  /** R1. */
  @Test
  @Proves({Clause.R1, Clause.R2})
  default void r1_aHandOverUsesNoAttemptUp() {
    SubscribeOptions options = bench().options().withBackoff(Backoff.fixed(Duration.ofSeconds(1)));
    Workload workload = bench().workload(options);
    LocalMember first = workload.local("m1");
    Loads.publish(workload, 8, 8, HandlerScript.failTimes(2));
    workload.await(
        Clause.R1,
        "the first attempts to fail",
        () -> workload.history().count(HandlerEnded.class, ended -> true) == 8);
    workload.local("m2");
    first.close();
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.R1, 8 * 3, verdict.seen().runs(), "number of runs");
  }

  /** R2. */
  @Test
  @Proves(Clause.R2)
  @Catches(Saboteur.RETRIES_AT_ONCE)
  default void r2_theDelayGrowsAndEndsInTime() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), 3, Duration.ofMillis(900), 0.2);
    SubscribeOptions options = bench().options().withBackoff(backoff).withMaxAttempts(5);
    Workload workload = bench().workload(options);
    Loads.publish(workload, 6, 6, HandlerScript.failTimes(4));
    workload.local("m1");
    workload.awaitSettled();
    workload.assertClean(Expectations::idle);
  }

  /** R4. */
  @Test
  @Proves({Clause.R4, Clause.R3})
  @Catches(Saboteur.RETRIES_REJECTED)
  default void r4_aRejectedEventIsDeadLetteredAtOnce() {
    Workload workload = bench().workload(quickRetries());
    workload.readDeadLetters();
    Loads.publish(workload, 6, 3, HandlerScript.REJECT);
    Loads.publish(workload, 6, 3, HandlerScript.OK);
    workload.local("m1");
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.R4, 6, verdict.seen().deadLettered(), "number of dead letters");
    claimEqual(Clause.R4, 12, verdict.seen().runs(), "number of runs");
  }

  /** R4. */
  @Test
  @Proves(Clause.R4)
  @Catches(Saboteur.IGNORES_RETRY_LATER)
  default void r4_aHandlerMayChooseTheNextDelay() {
    Workload workload = bench().workload(quickRetries());
    Loads.publish(workload, 4, 4, HandlerScript.later(Duration.ofMillis(700)));
    Loads.publish(workload, 4, 4, HandlerScript.later(Duration.ZERO));
    workload.local("m1");
    workload.awaitSettled();
    workload.assertClean(Expectations::idle);
  }

  /** R8. */
  @Test
  @Proves(Clause.R8)
  @Catches(Saboteur.IGNORES_ON_EXHAUSTED)
  default void r8_anExhaustedEventMayBeDiscarded() {
    Workload workload = bench().workload(quickRetries().withOnExhausted(OnExhausted.DISCARD));
    Loads.publish(workload, 4, 4, HandlerScript.FAIL);
    Loads.publish(workload, 4, 4, HandlerScript.OK);
    LocalMember member = workload.local("m1");
    workload.await(
        Clause.R8,
        "four events to be discarded",
        () -> workload.history().count(Discarded.class, line -> true) == 4);
    workload.awaitSettled();
    claimEqual(Clause.R8, 0L, member.subscription().stats().deadLettered(), "dead letters");
    workload.assertClean();
  }

  /** R8. */
  @Test
  @Proves(Clause.R8)
  @Catches(Saboteur.IGNORES_ON_EXHAUSTED)
  default void r8_anExhaustedEventMayBeHeld() {
    Workload workload = bench().workload(quickRetries().withOnExhausted(OnExhausted.HOLD));
    Loads.publish(workload, 2, 2, HandlerScript.failTimes(6));
    Loads.publish(workload, 4, 2, HandlerScript.OK);
    workload.local("m1");
    workload.await(
        Clause.R8,
        "a seventh attempt of both",
        () -> workload.history().count(HandlerStarted.class, start -> start.attempt() == 7) == 2);
    workload.awaitSettled();
    workload.assertClean();
  }
}
