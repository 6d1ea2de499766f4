package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Health;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** O5, A7, A8, L2: the broker stops, dies, stands still and comes back. */
public interface BrokerFaultClauses extends Conformance {

  /** How long a broker is away that is restarted. */
  Duration MOMENT = Duration.ofMillis(500);

  /** O5. */
  @Test
  @Proves({Clause.O5, Clause.O1, Clause.A7, Clause.L2})
  @Catches({Saboteur.SWAPS_NEIGHBOURS_ONCE_BACK, Saboteur.STANDS_STILL_ONCE_BACK})
  default void o5_orderHoldsWhenTheBrokerIsRestarted() {
    bench().control(Clause.O5);
    Workload workload = busyMembers(Clause.O5);
    workload.broker().stop();
    Loads.publish(workload, 40, 20, HandlerScript.OK);
    workload.elapse(MOMENT);
    workload.broker().bringBack();
    Loads.publish(workload, 80, 20, HandlerScript.slow(Duration.ofMillis(5)));
    workload.awaitSettled();
    claimEqual(Clause.O5, 1, workload.assertClean().seen().outages(), "number of outages");
  }

  /** Two members with work in progress and events that wait. */
  private Workload busyMembers(Clause clause) {
    Workload workload = bench().workload(bench().options().withConcurrency(8));
    workload.local("m1");
    workload.local("m2");
    Loads.publish(workload, 240, 20, HandlerScript.slow(Duration.ofMillis(15)));
    Loads.awaitSettled(workload, clause, 60);
    return workload;
  }

  /** O5. */
  @Test
  @Proves({Clause.O5, Clause.O1, Clause.A7, Clause.L2})
  default void o5_orderHoldsWhenTheBrokerStandsStill() {
    bench().control(Clause.O5);
    Workload workload = busyMembers(Clause.O5);
    workload.broker().pause();
    Loads.publish(workload, 40, 20, HandlerScript.OK);
    workload.elapse(Duration.ofSeconds(5));
    workload.broker().bringBack();
    Loads.publish(workload, 40, 20, HandlerScript.OK);
    workload.awaitSettled();
    claimEqual(Clause.O5, 1, workload.assertClean().seen().outages(), "number of outages");
  }

  /** A7: the lease outlasts the absence, so no member is excused by the loss of its lanes. */
  @Test
  @Proves(Clause.A7)
  @Catches(Saboteur.FORGETS_SETTLES_ONCE_BACK)
  default void a7_whatIsSettledWhileTheBrokerIsAwayIsSettledWhenItIsBack() {
    bench().control(Clause.A7);
    int handlers = 16;
    Workload workload = bench()
        .workload(bench().options().withConcurrency(handlers).withLease(Duration.ofSeconds(30)));
    LocalMember first = workload.local("m1");
    Loads.publish(workload, handlers, handlers, HandlerScript.slow(Duration.ofSeconds(1)));
    workload.await(
        Clause.A7,
        "all handlers to run",
        () -> workload.history().count(HandlerStarted.class, start -> true) == handlers);
    workload.broker().stop();
    workload.await(
        Clause.A7,
        "all handlers to end",
        () -> workload.history().count(HandlerEnded.class, end -> true) == handlers);
    workload.broker().bringBack();
    workload.await(Clause.A7, "no lag", () -> lag(first.subscription()) == 0);
    first.close();
    workload.local("m2");
    Loads.publish(workload, handlers, handlers, HandlerScript.OK);
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.A7, 2 * handlers, verdict.seen().runs(), "number of runs");
  }

  private static long lag(Subscription subscription) {
    return subscription.lag().stream().mapToLong(lane -> lane.events()).sum();
  }

  /** A8: what was settled long before the kill is not to come again even for another member. */
  @Test
  @Proves({Clause.A8, Clause.O5, Clause.O1, Clause.L2})
  @Catches(Saboteur.LOSES_AN_EVENT_ONCE_BACK)
  default void a8_nothingIsLostWhenTheBrokerIsKilled() {
    bench().control(Clause.A8);
    Workload workload = bench().workload(bench().options().withConcurrency(8));
    LocalMember first = workload.local("m1");
    workload.local("m2");
    Loads.publish(workload, 60, 20, HandlerScript.OK);
    workload.awaitSettled();
    workload.elapse(Duration.ofSeconds(6));
    Loads.publish(workload, 300, 20, HandlerScript.slow(Duration.ofMillis(15)));
    Loads.awaitSettled(workload, Clause.A8, 120);
    workload.broker().kill();
    workload.elapse(MOMENT);
    workload.broker().bringBack();
    Loads.publish(workload, 60, 20, HandlerScript.OK);
    workload.awaitSettled();
    first.close();
    workload.local("m3");
    Loads.publish(workload, 40, 20, HandlerScript.OK);
    workload.awaitSettled();
    claimEqual(Clause.A8, 1, workload.assertClean().seen().outages(), "number of outages");
  }

  /** L2: every lease ends meanwhile, and publishes fail. */
  @Test
  @Proves({Clause.L2, Clause.L5, Clause.O5, Clause.A7})
  default void l2_allGoesOnAfterALongAbsence() {
    bench().control(Clause.L2);
    Workload workload = bench().workload(bench().options().withConcurrency(8));
    LocalMember member = workload.local("m1");
    workload.local("m2");
    Loads.publish(workload, 160, 16, HandlerScript.slow(Duration.ofMillis(15)));
    Loads.awaitSettled(workload, Clause.L2, 40);
    workload.broker().stop();
    Loads.publish(workload, 32, 16, HandlerScript.OK);
    workload.elapse(Duration.ofSeconds(20));
    Health away = member.subscription().health();
    claim(
        Clause.L5,
        away.state() != Health.State.UP && !away.reason().isEmpty(),
        "without a broker health says " + away);
    workload.broker().bringBack();
    long started = workload.history().count(HandlerStarted.class, start -> true);
    var published = workload.publish("k0", HandlerScript.OK).toCompletableFuture();
    claimWithin(Claims.SOON, Clause.L2, "a publish to succeed", () -> published.isDone());
    claim(Clause.L2, !published.isCompletedExceptionally(), "a publish failed after the return");
    claimWithin(Claims.SOON, Clause.L2, "a handler to start", () -> {
      workload.history().refresh();
      return workload.history().count(HandlerStarted.class, start -> true) > started;
    });
    workload.awaitSettled();
    claimWithin(
        Claims.SOON,
        Clause.L5,
        "good health",
        () -> member.subscription().health().state() == Health.State.UP);
    workload.assertClean();
  }

  /** O5, on a broker with nodes. */
  @Test
  @Proves({Clause.O5, Clause.O1, Clause.A8, Clause.L2})
  default void o5_orderHoldsWhenTheLeaderIsKilled() {
    bench().cluster(Clause.O5);
    Workload workload = busyMembers(Clause.O5);
    workload.broker().killLeader(workload.spec().topic());
    Loads.publish(workload, 40, 20, HandlerScript.OK);
    workload.elapse(MOMENT);
    workload.broker().bringBack();
    Loads.publish(workload, 80, 20, HandlerScript.slow(Duration.ofMillis(5)));
    workload.awaitSettled();
    claimEqual(Clause.O5, 1, workload.assertClean().seen().outages(), "number of outages");
  }

  /** O5, on a broker with nodes. */
  @Test
  @Proves({Clause.O5, Clause.O1, Clause.A7, Clause.L2})
  default void o5_orderHoldsWhenEachNodeIsRestartedInTurn() {
    int nodes = bench().cluster(Clause.O5).nodes().size();
    Workload workload = busyMembers(Clause.O5);
    for (int node = 0; node < nodes; node++) {
      workload.broker().stopNode(node);
      Loads.publish(workload, 40, 20, HandlerScript.slow(Duration.ofMillis(5)));
      workload.elapse(MOMENT);
      workload.broker().bringBack();
    }
    Loads.publish(workload, 40, 20, HandlerScript.OK);
    workload.awaitSettled();
    claimEqual(Clause.O5, nodes, workload.assertClean().seen().outages(), "number of outages");
  }
}
