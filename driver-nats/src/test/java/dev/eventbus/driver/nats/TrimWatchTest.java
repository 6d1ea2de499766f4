package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.ConsumerInfo;
import org.junit.jupiter.api.Test;

class TrimWatchTest {

  private final TrimWatch watch = new TrimWatch();

  private static ConsumerInfo info(long delivered, long pending) {
    return new ConsumerInfo(FakeConnection.message("{\"stream_name\":\"s\",\"name\":\"g=0\","
        + "\"delivered\":{\"consumer_seq\":1,\"stream_seq\":" + delivered + "},"
        + "\"ack_floor\":{\"consumer_seq\":0,\"stream_seq\":0},\"num_pending\":" + pending + "}"));
  }

  @Test
  void whatIsStillThereIsNotTold() {
    assertThat(watch.aligned(1, 0, 0)).isZero();
    assertThat(watch.aligned(5, 4, 0)).isZero();
    assertThat(watch.aligned(5, 0, 4)).isZero();
  }

  @Test
  void whatIsGoneBehindTheFloorIsToldOnce() {
    assertThat(watch.aligned(11, 4, 0)).isEqualTo(6);
    assertThat(watch.aligned(11, 4, 0)).isZero();
    assertThat(watch.aligned(13, 4, 0)).isEqualTo(2);
  }

  @Test
  void whatTheEngineHasIsNotLost() {
    assertThat(watch.aligned(11, 4, 8)).isEqualTo(2);
  }

  @Test
  void aLaneThatStandsStillLosesNoMoreThanItWaitedFor() {
    watch.pending(5, 100);
    assertThat(watch.worthALook(101, 10)).isTrue();
    assertThat(watch.whilePulling(101, 100, info(10, 2), 10)).isEqualTo(3);
    assertThat(watch.worthALook(101, 10)).isFalse();
  }

  @Test
  void aLaneThatHadEverythingIsLeftAlone() {
    watch.pending(0, 0);
    assertThat(watch.worthALook(101, 10)).isFalse();
    watch.pending(5, 100);
    assertThat(watch.worthALook(11, 10)).isFalse();
  }

  @Test
  void whatWasDeliveredMeanwhileIsNotLost() {
    watch.pending(5, 100);
    assertThat(watch.whilePulling(101, 100, info(98, 0), 10)).isEqualTo(2);
  }

  @Test
  void whatAPurgeMarksAsDeliveredIsLostWhenNothingWasAskedFor() {
    watch.pending(5, 100);
    assertThat(watch.whileStanding(101, 100, info(100, 0), 10)).isEqualTo(5);
    assertThat(watch.whileStanding(101, 100, info(100, 0), 10)).isZero();
  }

  @Test
  void whatComesAndGoesWhileALaneIsPausedIsLostToo() {
    watch.pending(0, 0);
    assertThat(watch.whileStanding(1, 4, info(0, 4), 0)).isZero();
    assertThat(watch.whileStanding(9, 9, info(8, 1), 0)).isEqualTo(8);
  }

  @Test
  void aLaneToWhichMoreHasComeThanWentIsNotToldOfLosses() {
    watch.pending(5, 100);
    assertThat(watch.whilePulling(101, 100, info(10, 9), 10)).isZero();
  }
}
