package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class BarrierTest {

  private static final AckAddress ADDRESS = AckAddress.of("s", "g=0");

  private final Barrier barrier = new Barrier();

  /** As the server shows a lane that has a floor, an end and so many unacked between. */
  private static LaneLink.Look look(long floor, long end, long number, long unacked) {
    String consumer =
        "{\"stream_name\":\"s\",\"name\":\"g=0\",\"created\":\"2026-01-02T03:04:05Z\","
            + "\"delivered\":{\"consumer_seq\":" + number + ",\"stream_seq\":" + end + "},"
            + "\"ack_floor\":{\"consumer_seq\":1,\"stream_seq\":" + floor + "},"
            + "\"num_ack_pending\":" + unacked + ",\"num_pending\":3}";
    String stream = "{\"config\":{\"name\":\"s\"},\"created\":\"2026-01-01T00:00:00Z\","
        + "\"state\":{\"messages\":9,\"first_seq\":2,\"last_seq\":20}}";
    return new LaneLink.Look(
        new StreamInfo(FakeConnection.message(stream)),
        new ConsumerInfo(FakeConnection.message(consumer)));
  }

  private void takes(long sequence, long number) {
    barrier.take(
        new AckAddress.Delivery(ADDRESS, sequence, number, 0, 0), FakeConnection.message("{}"));
  }

  @Test
  void itShowsWhatTheServerSaid() {
    barrier.look(look(4, 12, 30, 2));
    assertThat(barrier.floor()).isEqualTo(4);
    assertThat(barrier.end()).isEqualTo(12);
    assertThat(barrier.lastNumber()).isEqualTo(30);
    assertThat(barrier.firstInStream()).isEqualTo(2);
    assertThat(barrier.missing()).isEqualTo(2);
    assertThat(barrier.made()).isEqualTo(ZonedDateTime.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  void withNothingUnackedItIsComplete() {
    barrier.look(look(12, 12, 30, 0));
    assertThat(barrier.complete()).isTrue();
    assertThat(barrier.inOrder()).isEmpty();
  }

  @Test
  void whatComesInAnyOrderLeavesInLogOrder() {
    barrier.look(look(4, 12, 30, 3));
    takes(11, 31);
    takes(5, 32);
    assertThat(barrier.complete()).isFalse();
    assertThat(barrier.missing()).isEqualTo(1);
    takes(8, 33);
    assertThat(barrier.complete()).isTrue();
    assertThat(barrier.inOrder())
        .extracting(held -> held.delivery().sequence())
        .containsExactly(5L, 8L, 11L);
    assertThat(barrier.lastNumber()).isEqualTo(33);
  }

  @Test
  void anEventThatComesTwiceCountsOnce() {
    barrier.look(look(4, 12, 30, 2));
    takes(5, 31);
    takes(5, 32);
    assertThat(barrier.holds(5)).isTrue();
    assertThat(barrier.holds(8)).isFalse();
    assertThat(barrier.missing()).isEqualTo(1);
    assertThat(barrier.lastNumber()).isEqualTo(32);
  }

  @Test
  void aNewEventSaysThatNoneIsLeftToBeSentAgain() {
    barrier.look(look(4, 12, 30, 3));
    takes(5, 31);
    takes(13, 32);
    assertThat(barrier.complete()).isTrue();
    assertThat(barrier.missing()).isEqualTo(1);
    assertThat(barrier.inOrder())
        .extracting(held -> held.delivery().sequence())
        .containsExactly(5L, 13L);
  }

  @Test
  void aSecondLookKeepsWhatIsHeldAndSeesWhatRetentionTook() {
    barrier.look(look(4, 12, 30, 3));
    takes(11, 31);
    barrier.look(look(9, 12, 31, 1));
    assertThat(barrier.complete()).isTrue();
    assertThat(barrier.floor()).isEqualTo(9);
    assertThat(barrier.holds(11)).isTrue();
  }

  @Test
  void numbersNeverGoBack() {
    barrier.look(look(4, 12, 30, 2));
    takes(5, 40);
    barrier.look(look(4, 12, 35, 2));
    assertThat(barrier.lastNumber()).isEqualTo(40);
  }
}
