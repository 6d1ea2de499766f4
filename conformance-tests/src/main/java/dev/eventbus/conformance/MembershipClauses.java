package dev.eventbus.conformance;

import dev.eventbus.conformance.history.HistoryEvent.HandlerStarted;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** O3, O4, O7, O8: order while members come, go, die and are suspended. */
public interface MembershipClauses extends Conformance {

  /** O3. */
  @Test
  @Proves({Clause.O3, Clause.O1})
  @Catches(Saboteur.GIVES_LANES_AWAY_BUSY)
  default void o3_orderHoldsWhileMembersJoinAndLeave() {
    Workload workload = bench().workload(bench().options().withConcurrency(8));
    LocalMember first = workload.local("m1");
    Loads.publish(workload, 400, 25, HandlerScript.slow(Duration.ofMillis(15)));
    Loads.awaitSettled(workload, Clause.O3, 40);
    LocalMember second = workload.local("m2");
    Loads.awaitSettled(workload, Clause.O3, 120);
    workload.local("m3");
    Loads.awaitSettled(workload, Clause.O3, 180);
    first.close();
    Loads.awaitSettled(workload, Clause.O3, 240);
    second.close();
    workload.awaitSettled();
    workload.assertClean();
  }

  /** O4. */
  @Test
  @Proves({Clause.O4, Clause.O1})
  @Catches({
    Saboteur.SWAPS_WHAT_WAS_LEFT,
    Saboteur.DELIVERS_NEW_BEFORE_WHAT_WAS_LEFT,
    Saboteur.ROTATES_WHAT_WAS_LEFT
  })
  default void o4_orderHoldsWhenAMemberIsKilled() {
    Workload workload = bench().workload(bench().options().withConcurrency(8));
    List<MemberProcess> members = Loads.processes(workload, "m1", "m2");
    Loads.publish(workload, 240, 20, HandlerScript.slow(Duration.ofMillis(15)));
    Loads.awaitSettled(workload, Clause.O4, 60);
    Loads.awaitBusy(workload, Clause.O4, members.get(0));
    members.get(0).kill();
    workload.awaitSettled();
    workload.assertClean();
  }

  /** O7. */
  @Test
  @Proves({Clause.O7, Clause.O8})
  @Catches(Saboteur.KEEPS_LOST_LANES)
  default void o7_aSuspendedMemberStartsNothingOnLanesThatItLost() {
    Workload workload = bench().workload(bench().options().withConcurrency(2));
    List<MemberProcess> members = Loads.processes(workload, "m1", "m2");
    MemberProcess suspended = members.get(0);
    Loads.publish(workload, 160, 16, HandlerScript.slow(Duration.ofMillis(20)));
    Loads.awaitSettled(workload, Clause.O7, 20);
    Loads.awaitBusy(workload, Clause.O7, suspended);
    suspended.suspend();
    workload.awaitSettled();
    suspended.proceed();
    Loads.publish(workload, 32, 16, HandlerScript.slow(Duration.ofMillis(20)));
    workload.awaitSettled();
    workload.assertClean();
  }

  /** O8. */
  @Test
  @Proves(Clause.O8)
  @Catches(Saboteur.FENCE_STANDS_STILL)
  default void o8_theFenceGrowsWithEveryOwner() {
    Workload workload = bench().workload(bench().options());
    for (String name : List.of("m1", "m2", "m3")) {
      Loads.publish(workload, 16, 16, HandlerScript.OK);
      LocalMember member = workload.local(name);
      workload.awaitSettled();
      member.close();
    }
    Claims.claimEqual(
        Clause.O8,
        48L,
        workload.history().count(HandlerStarted.class, start -> start.fence() >= 0),
        "number of runs with a fence");
    workload.assertClean();
  }
}
