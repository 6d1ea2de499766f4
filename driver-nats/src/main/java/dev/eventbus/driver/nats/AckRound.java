package dev.eventbus.driver.nats;

import dev.eventbus.spi.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Acks of one commit, each confirmed by the server: an ack without confirmation is lost when a leader
 * changes. The answers carry no content, so they are counted; a repeat has another reply subject.
 */
final class AckRound {

  static final byte[] ACK = "+ACK".getBytes(StandardCharsets.US_ASCII);

  private final ServerCalls calls;
  private final AckAddress address;
  private final List<Position> positions;
  private final String inbox;

  private int attempt;
  private int answered;
  private long sentAt;

  AckRound(ServerCalls calls, AckAddress address, List<Position> positions, String inbox) {
    this.calls = calls;
    this.address = address;
    this.positions = positions;
    this.inbox = inbox;
  }

  void send() {
    attempt++;
    answered = 0;
    sentAt = calls.clock().nanos();
    String replyTo = inbox + attempt;
    for (Position position : positions) {
      calls.send(address.ack(position.minor()), replyTo, ACK);
    }
  }

  /** Whether an answer to the last attempt makes the round complete. */
  boolean completedBy(String subject) {
    return subject.startsWith(inbox)
        && subject.substring(inbox.length()).equals(Integer.toString(attempt))
        && ++answered == positions.size();
  }

  /** Time since the last attempt, in nanoseconds. */
  long age() {
    return calls.clock().nanos() - sentAt;
  }
}
