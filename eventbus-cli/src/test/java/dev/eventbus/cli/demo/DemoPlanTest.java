package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DemoPlanTest {

  @Test
  void aSeedGivesOnePlan() {
    assertThat(DemoPlan.of(7, 10_000, 200)).isEqualTo(DemoPlan.of(7, 10_000, 200));
    assertThat(LongStream.range(0, 50)
            .mapToObj(seed -> DemoPlan.of(seed, 10_000, 200))
            .distinct())
        .hasSize(50);
  }

  @Test
  void aKilledLeaderChangesNothingElse() {
    var plan = DemoPlan.of(7, 10_000, 200);

    assertThat(plan.leader()).isEqualTo(DemoPlan.Leader.LIVES);
    assertThat(plan.withLeaderKilled()).isNotEqualTo(plan);
    assertThat(plan.withLeaderKilled())
        .usingRecursiveComparison()
        .ignoringFields("leader")
        .isEqualTo(plan);
  }

  @Test
  void everyPlanCanBeCarriedOut() {
    for (long seed = 0; seed < 2000; seed++) {
      var plan = DemoPlan.of(seed, DemoPlan.FEWEST_EVENTS, DemoPlan.FEWEST_KEYS);

      assertThat(plan.flaky()).isBetween(0, plan.poison() - 1);
      assertThat(plan.key(plan.flaky())).isNotEqualTo(plan.key(plan.poison()));
      assertThat(plan.poison()).isLessThan(plan.killAfter());
      assertThat(plan.killAfter()).isLessThan(plan.publishedBeforeKill());
      assertThat(plan.publishedBeforeKill()).isLessThan(plan.events());
      assertThat(plan.killAfter()).isLessThan(plan.leaderKillAfter());
      assertThat(plan.leaderKillAfter()).isLessThan(plan.publishedBeforeLeaderKill());
      assertThat(plan.publishedBeforeLeaderKill()).isLessThan(plan.events());
      assertThat(plan.victim()).isBetween(0, DemoPlan.MEMBERS - 1);
    }
  }
}
