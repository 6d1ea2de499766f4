package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;

import dev.eventbus.Backoff;
import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** O1, O2, O6: order and concurrency in members that stay. */
public interface OrderClauses extends Conformance {

  /** O1. */
  @Test
  @Proves(Clause.O1)
  @Catches({Saboteur.HANDLES_AFTER_ACK, Saboteur.SWAPS_NEIGHBOURS})
  default void o1_eventsOfOneKeyAreHandledInOrderAndAlone() {
    SubscribeOptions options = bench().options().withBackoff(Backoff.fixed(Duration.ofMillis(50)));
    Workload workload = bench().workload(options);
    Loads.publish(workload, 60, 6, HandlerScript.slow(Duration.ofMillis(5)));
    Loads.publish(workload, 20, 10, HandlerScript.failTimes(1));
    workload.awaitPublished();
    workload.local("m1");
    workload.local("m2");
    Loads.publish(workload, 60, 6, HandlerScript.OK);
    workload.awaitSettled();
    workload.assertClean();
  }

  /** O2. */
  @Test
  @Proves({Clause.O2, Clause.O1})
  @Catches(Saboteur.HOLDS_ALL_BEHIND_A_FAILURE)
  default void o2_aFailingKeyWaitsAlone() {
    SubscribeOptions options = bench().options().withBackoff(Backoff.fixed(Duration.ofSeconds(1)));
    Workload workload = bench().workload(options, Map.of(Settings.LANES, "1"));
    workload.publish("bad", HandlerScript.failTimes(1));
    workload.awaitPublished();
    workload.local("m1");
    workload.await(Clause.O2, "the failure", () -> hasFailed(workload));
    Loads.publish(workload, 50, 5, HandlerScript.OK);
    workload.publish("bad", HandlerScript.OK);
    workload.awaitSettled();

    long retried = Loads.starts(workload, "bad", 1).get(1).at().nanos();
    long before =
        workload.history().count(HandlerEnded.class, ended -> ended.at().nanos() < retried);
    claimEqual(Clause.O2, 51L, before, "number of runs that ended before the retry");
    workload.assertClean();
  }

  private static boolean hasFailed(Workload workload) {
    return workload.history().count(HandlerEnded.class, ended -> true) > 0;
  }

  /** O6. */
  @Test
  @Proves(Clause.O6)
  @Catches(Saboteur.RUNS_ONE_AT_A_TIME)
  default void o6_eventsOfDifferentKeysRunConcurrently() {
    concurrently("key-");
  }

  /** O6. */
  @Test
  @Proves(Clause.O6)
  @Catches(Saboteur.RUNS_ONE_AT_A_TIME)
  default void o6_eventsWithoutAKeyRunConcurrently() {
    concurrently(null);
  }

  private void concurrently(@org.jspecify.annotations.Nullable String keyPrefix) {
    int concurrency = 6;
    Workload workload = bench().workload(bench().options().withConcurrency(concurrency));
    for (int i = 0; i < 2 * concurrency; i++) {
      String key = keyPrefix == null ? null : keyPrefix + i;
      workload.publish(key, HandlerScript.slow(Duration.ofMillis(300)));
    }
    workload.awaitPublished();
    workload.local("m1");
    workload.awaitSettled();
    int most = Loads.mostAtOnce(workload);
    claim(Clause.O6, most == concurrency, most + " handlers ran at once, of " + concurrency);
    workload.assertClean();
  }
}
