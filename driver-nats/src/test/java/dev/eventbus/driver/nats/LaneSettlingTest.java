package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.driver.nats.LaneSettling.Purpose;
import dev.eventbus.driver.nats.LaneSettling.Settlement;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits: acks first, each confirmed, then the record. */
class LaneSettlingTest {

  private static final AckAddress ADDRESS = AckAddress.of("s", "g=0");

  private final FakeConnection connection = new FakeConnection();
  private final List<Settlement> records = new ArrayList<>();
  private final LaneSettling settling = new LaneSettling(connection.calls, records::add);

  @AfterEach
  void close() {
    connection.close();
  }

  private static Settlement settlement(long... sequences) {
    var positions = LongStream.of(sequences).mapToObj(Position::of).toList();
    return new Settlement(
        new Progress(positions, null, 0, "record"), Purpose.GO_ON, new CompletableFuture<>());
  }

  private static String ack(long sequence, String reply) {
    return ADDRESS.ack(sequence) + " " + reply;
  }

  @Test
  void theRecordFollowsWhenEveryAckIsConfirmed() {
    settling.resume("in.", ADDRESS);
    Settlement commit = settlement(5, 3);
    settling.add(commit, ADDRESS);
    assertThat(connection.lines()).containsExactly(ack(5, "in.1.1"), ack(3, "in.1.1"));
    assertThat(connection.published.get(0).text()).isEqualTo("+ACK");
    settling.confirmed("in.1.1");
    assertThat(records).isEmpty();
    settling.confirmed("in.1.1");
    assertThat(records).containsExactly(commit);
    assertThat(commit.done()).isNotDone();
    settling.recorded(ADDRESS);
    assertThat(commit.done()).isCompleted();
  }

  @Test
  void aCommitWithoutAcksIsARecordAlone() {
    settling.resume("in.", ADDRESS);
    settling.add(settlement(), ADDRESS);
    assertThat(records).hasSize(1);
    assertThat(connection.published).isEmpty();
  }

  @Test
  void oneCommitIsUnderWay() {
    settling.resume("in.", ADDRESS);
    Settlement first = settlement(1);
    Settlement second = settlement(2);
    settling.add(first, ADDRESS);
    settling.add(second, ADDRESS);
    assertThat(connection.published).hasSize(1);
    settling.confirmed("in.1.1");
    assertThat(connection.published).as("the record comes first").hasSize(1);
    settling.recorded(ADDRESS);
    assertThat(connection.lines()).endsWith(ack(2, "in.2.1"));
    assertThat(second.done()).isNotDone();
  }

  @Test
  void anAckWithoutAnswerIsSentAgainAndOldAnswersDoNotCount() {
    settling.resume("in.", ADDRESS);
    settling.add(settlement(1, 2), ADDRESS);
    settling.confirmed("in.1.1");
    settling.tick();
    assertThat(connection.published).hasSize(2);
    connection.now = Duration.ofSeconds(1).toNanos() + 1;
    settling.tick();
    assertThat(connection.lines()).endsWith(ack(1, "in.1.2"), ack(2, "in.1.2"));
    settling.confirmed("in.1.1");
    assertThat(records).isEmpty();
    settling.confirmed("in.1.2");
    settling.confirmed("in.1.2");
    assertThat(records).hasSize(1);
  }

  @Test
  void answersOfOthersDoNotCount() {
    settling.resume("in.", ADDRESS);
    settling.add(settlement(1), ADDRESS);
    settling.confirmed("in.");
    settling.confirmed("in.11.1");
    settling.confirmed("other.1.1");
    assertThat(records).isEmpty();
  }

  @Test
  void whatWasInterruptedIsDoneAgainAsAWhole() {
    settling.resume("in.", ADDRESS);
    Settlement commit = settlement(1, 2);
    settling.add(commit, ADDRESS);
    settling.confirmed("in.1.1");
    settling.interrupt();
    settling.confirmed("in.1.1");
    settling.tick();
    assertThat(records).isEmpty();
    settling.resume("new.", ADDRESS);
    assertThat(connection.lines()).endsWith(ack(1, "new.2.1"), ack(2, "new.2.1"));
    settling.confirmed("new.2.1");
    settling.confirmed("new.2.1");
    assertThat(records).containsExactly(commit);
  }

  @Test
  void anInterruptedRecordIsWrittenAgainAfterItsAcks() {
    settling.resume("in.", ADDRESS);
    settling.add(settlement(1), ADDRESS);
    settling.confirmed("in.1.1");
    settling.interrupt();
    settling.resume("new.", ADDRESS);
    settling.confirmed("new.2.1");
    assertThat(records).hasSize(2);
  }

  @Test
  void nothingIsSentBeforeTheLaneIsInLine() {
    Settlement commit = settlement(1);
    settling.add(commit, ADDRESS);
    assertThat(connection.published).isEmpty();
    settling.resume("in.", AckAddress.of("s", "other"));
    assertThat(connection.lines()).containsExactly("$JS.ACK.s.other.1.1.1.0.0 in.1.1");
  }

  @Test
  void aLostLaneFailsEveryCommitAndWritesNothing() {
    settling.resume("in.", ADDRESS);
    Settlement first = settlement(1);
    Settlement second = settlement(2);
    settling.add(first, ADDRESS);
    settling.add(second, ADDRESS);
    settling.fail(new LaneLostException("gone"));
    assertThat(first.done()).isCompletedExceptionally();
    assertThat(second.done()).isCompletedExceptionally();
    settling.confirmed("in.1.1");
    assertThat(records).isEmpty();
    assertThat(connection.published).hasSize(1);
  }
}
