package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The engine under seeded random schedules of deliveries, failures, owner changes, crashes, stops,
 * lost and late settles, judged by the checker of real histories. One seed gives one schedule:
 * {@code -Dsimulation.seed=S} runs it alone
 * and leaves its history in {@code target}.
 */
class SimulationTest {

  private static final @Nullable Long ALONE = Long.getLong("simulation.seed");
  private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 10_000);

  @Test
  void everyScheduleKeepsTheContract() {
    long first = ALONE == null ? 1 : ALONE;
    long last = ALONE == null ? SCHEDULES : ALONE;
    int kills = 0;
    for (long seed = first; seed <= last; seed++) {
      kills += judge(seed).seen().kills();
    }
    if (ALONE == null) {
      assertThat(kills).as("kills in all schedules").isPositive();
    }
  }

  private static Verdict judge(long seed) {
    var simulation = new Simulation(seed);
    try {
      Verdict verdict = simulation.run();
      if (ALONE != null) {
        Files.write(
            Path.of("target", "simulation-" + seed + ".txt"),
            simulation.history().stream().map(HistoryEvent::toString).toList());
      }
      assertThat(verdict.clean())
          .as("seed %d: %s%n%s", seed, simulation.plan(), verdict)
          .isTrue();
      return verdict;
    } catch (IOException | RuntimeException | AssertionError failed) {
      throw new AssertionError(
          "-Dsimulation.seed=" + seed + " failed with " + simulation.plan(), failed);
    }
  }
}
