package dev.eventbus.conformance;

import dev.eventbus.Backoff;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.workload.FaultPlan;
import dev.eventbus.conformance.workload.FaultPlan.Fault;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** O4, A3 and their kin under faults that a seed has drawn. */
public interface FaultPlanClauses extends Conformance {

  /** The system property that names the seed. */
  String SEED = "seed";

  /** Faults that every driver's members can meet. */
  Set<Fault> MEMBER_FAULTS = EnumSet.range(Fault.KILL, Fault.JOIN);

  /** O4. */
  @Test
  @Proves({Clause.O4, Clause.O1, Clause.O3, Clause.A3, Clause.A5, Clause.R1})
  default void o4_orderHoldsUnderAFaultPlan() {
    carryOut(FaultPlan.of(Long.getLong(SEED, 1), 300, 4, MEMBER_FAULTS));
  }

  /** Carries a plan out and judges what happened. */
  default Verdict carryOut(FaultPlan plan) {
    SubscribeOptions options = bench()
        .options()
        .withConcurrency(4)
        .withBackoff(new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(1), 0.2));
    Workload workload = bench().workload(options);
    workload.readDeadLetters();
    workload.carryOut(plan);
    return workload.assertClean();
  }
}
