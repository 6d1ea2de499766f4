package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.conformance.history.Verdict;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The engine under seeded random schedules of deliveries, failures, owner changes, crashes, stops,
 * lost and late settles, judged by the checker of real histories. One seed gives one schedule:
 * {@code -Dsimulation.seed=S} runs it alone.
 */
class SimulationTest {

  private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 10_000);

  @Test
  void everyScheduleKeepsTheContract() {
    Long alone = Long.getLong("simulation.seed");
    long first = alone == null ? 1 : alone;
    long last = alone == null ? SCHEDULES : alone;
    var kills = new AtomicInteger();
    for (long seed = first; seed <= last; seed++) {
      kills.addAndGet(judge(seed).seen().kills());
    }
    assertThat(kills.get()).as("the schedules have kills").isPositive();
  }

  private static Verdict judge(long seed) {
    var simulation = new Simulation(seed);
    try {
      Verdict verdict = simulation.run();
      if (Boolean.getBoolean("sim.debug")) {
        simulation.history().forEach(System.out::println);
      }
      assertThat(verdict.clean())
          .as("seed %d: %s%n%s", seed, simulation.plan(), verdict)
          .isTrue();
      return verdict;
    } catch (RuntimeException | AssertionError failed) {
      throw new AssertionError(
          "-Dsimulation.seed=" + seed + " failed with " + simulation.plan(), failed);
    }
  }
}
