package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A beat that stands still for the lease means death, by our own clock. */
class DeathWatchTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final DeathWatch watch = new DeathWatch(MemberLocks.inMemory());

  private static MemberRow row(long beat) {
    return new MemberRow(5, 1, 1, 0, beat, 2_000, true, true);
  }

  @Test
  void aBeatThatMovesIsLife() throws Exception {
    for (int i = 0; i < 10; i++) {
      watch.observe(List.of(row(i)), i * SECOND);
      assertThat(watch.dead(i * SECOND)).isEmpty();
    }
  }

  @Test
  void aBeatThatStandsStillForTheLeaseIsDeath() throws Exception {
    watch.observe(List.of(row(3)), 10 * SECOND);
    watch.observe(List.of(row(3)), 11 * SECOND);
    assertThat(watch.dead(12 * SECOND - 1)).isEmpty();
    assertThat(watch.dead(12 * SECOND)).containsExactly(row(3));
  }

  @Test
  void ourOwnPauseDoesNotKillOthers() throws Exception {
    watch.observe(List.of(row(3)), 0);
    watch.restart(60 * SECOND);
    assertThat(watch.dead(61 * SECOND)).isEmpty();
    assertThat(watch.dead(62 * SECOND)).hasSize(1);
  }

  @Test
  void whoeverIsGoneIsForgotten() throws Exception {
    watch.observe(List.of(row(3)), 0);
    watch.observe(List.of(), SECOND);
    assertThat(watch.dead(100 * SECOND)).isEmpty();
  }
}
