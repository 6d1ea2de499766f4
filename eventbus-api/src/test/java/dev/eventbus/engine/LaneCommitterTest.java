package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.spi.Position;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaneCommitterTest {

  private static final long MILLI = 1_000_000;
  private static final long INTERVAL = 20 * MILLI;
  private static final int EAGER = 24;

  private final LaneCommitter committer = new LaneCommitter(EAGER);

  @Test
  void withoutAChangeNothingIsCommitted() {
    assertThat(committer.untilDue(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(committer.isIdle()).isTrue();
    committer.hurry();
    assertThat(committer.isDue(1_000 * INTERVAL)).isFalse();
  }

  @Test
  void aChangeIsCommittedTwentyMillisecondsLater() {
    committer.settled(Position.of(1), 0);
    committer.settled(Position.of(2), 15 * MILLI);
    assertThat(committer.untilDue(15 * MILLI)).isEqualTo(5 * MILLI);
    assertThat(committer.isDue(INTERVAL - 1)).isFalse();
    assertThat(committer.isDue(INTERVAL)).isTrue();
  }

  @Test
  void whatSomebodyWaitsForIsCommittedAtOnce() {
    committer.change(0);
    committer.hurry();
    assertThat(committer.isDue(0)).isTrue();
  }

  @Test
  void manyChangesAreCommittedAtOnce() {
    LongStream.range(1, EAGER).forEach(i -> committer.settled(Position.of(i), 0));
    assertThat(committer.isDue(0)).isFalse();
    committer.settled(Position.of(EAGER), 0);
    assertThat(committer.isDue(0)).isTrue();
  }

  @Test
  void oneCommitIsInFlightAtMost() {
    committer.settled(Position.of(1), 0);
    committer.begin();
    committer.settled(Position.of(2), 0);
    committer.hurry();
    assertThat(committer.isBusy()).isTrue();
    assertThat(committer.untilDue(1_000 * INTERVAL)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aChangeDuringACommitGoesIntoTheNext() {
    committer.settled(Position.of(1), 0);
    assertThat(committer.begin()).containsExactly(Position.of(1));
    committer.settled(Position.of(2), 3 * MILLI);
    committer.succeeded(5 * MILLI);
    assertThat(committer.isIdle()).isFalse();
    assertThat(committer.untilDue(5 * MILLI)).isPositive().isLessThanOrEqualTo(INTERVAL);
    assertThat(committer.begin()).containsExactly(Position.of(2));
  }

  @Test
  void aChangeIsDurableOnceTheCommitThatCarriesItHasSucceeded() {
    long change = committer.change(0);
    assertThat(committer.unrecorded()).isEqualTo(1);
    committer.begin();
    assertThat(committer.durable()).isLessThan(change);
    long later = committer.change(0);
    committer.succeeded(0);
    assertThat(committer.durable()).isGreaterThanOrEqualTo(change).isLessThan(later);
    assertThat(committer.unrecorded()).isEqualTo(1);
  }

  @Test
  void whatAFailedCommitCarriedGoesIntoTheNextBeforeTheRest() {
    committer.settled(Position.of(1), 0);
    committer.begin();
    committer.settled(Position.of(2), 0);
    committer.failed(0);
    assertThat(committer.unrecorded()).isEqualTo(2);
    assertThat(committer.begin()).containsExactly(Position.of(1), Position.of(2));
  }

  @Test
  void aFailedCommitIsRetriedLaterAndLaterUpToASecond() {
    long[] waits = {20, 40, 80, 160, 320, 640, 1000, 1000};
    committer.settled(Position.of(1), 0);
    committer.begin();
    long now = 0;
    for (long wait : waits) {
      committer.failed(now);
      committer.hurry();
      assertThat(committer.untilDue(now)).isEqualTo(wait * MILLI);
      now += wait * MILLI;
      assertThat(committer.isDue(now)).isTrue();
      assertThat(committer.begin()).containsExactly(Position.of(1));
    }
  }

  @Test
  void afterASuccessFailuresAreForgotten() {
    committer.settled(Position.of(1), 0);
    committer.begin();
    committer.failed(0);
    committer.begin();
    committer.succeeded(INTERVAL);
    assertThat(committer.isIdle()).isTrue();
    committer.settled(Position.of(2), INTERVAL);
    assertThat(committer.untilDue(INTERVAL)).isEqualTo(INTERVAL);
  }

  @Test
  void hasteEndsWithTheCommitThatItCaused() {
    committer.change(0);
    committer.hurry();
    committer.begin();
    committer.succeeded(0);
    committer.change(0);
    assertThat(committer.isDue(0)).isFalse();
  }
}
