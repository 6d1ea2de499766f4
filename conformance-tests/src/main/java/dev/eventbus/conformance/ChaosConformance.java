package dev.eventbus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.report.Evidence;
import dev.eventbus.conformance.workload.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random fault plans: {@code -Dseeds=N} runs as many, {@code -Dseed=S} runs that one again. The seed
 * of each is in its name and in its history.
 */
@Tag("chaos")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChaosConformance {

  private static final int EVENTS = 800;
  private static final int FAULTS = 8;
  private static final int DEFAULT_SEEDS = 10;

  private @Nullable Path evidence;
  private @Nullable BrokerFixture broker;

  /** For subclasses. */
  protected ChaosConformance() {}

  /** Starts a fresh broker, or names a fresh file, for all plans. */
  protected abstract BrokerFixture openBroker(Path directory) throws IOException;

  @BeforeAll
  final void openBroker() throws IOException {
    evidence = Evidence.fresh(getClass().getSimpleName());
    broker = openBroker(evidence);
  }

  @AfterAll
  final void closeBroker() throws IOException {
    Objects.requireNonNull(broker).close();
  }

  private FaultPlan plan(long seed) {
    BrokerFixture on = Objects.requireNonNull(broker);
    return FaultPlan.of(seed, EVENTS, FAULTS, FaultPlan.Fault.offeredBy(on));
  }

  static LongStream seeds() {
    Long one = Long.getLong(FaultPlanClauses.SEED);
    return one != null
        ? LongStream.of(one)
        : new SecureRandom().longs(Integer.getInteger("seeds", DEFAULT_SEEDS), 0, 1_000_000_000);
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  final void everyClauseHoldsUnderThePlan(long seed) {
    System.out.println("chaos -Dseed=" + seed);
    var leaks = new LeakCheck(Objects.requireNonNull(broker)::processes);
    Path directory = Objects.requireNonNull(evidence).resolve("seed-" + seed);
    try (Bench bench = Bench.honest(Objects.requireNonNull(broker), directory)) {
      FaultPlanClauses clauses = () -> bench;
      Verdict verdict = clauses.carryOut(plan(seed));
      assertThat(verdict.seen().events()).isEqualTo(EVENTS);
    }
    leaks.assertNothingNew();
  }
}
