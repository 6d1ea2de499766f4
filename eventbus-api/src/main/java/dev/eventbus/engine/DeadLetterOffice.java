package dev.eventbus.engine;

import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.KeyLane;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes dead letters of one topic and group (R3). Used by the subscription's loop alone. */
final class DeadLetterOffice {

  /** Why an event is buried: the value of {@link DeadLetterHeaders#REASON}. */
  enum Reason {
    EXHAUSTED,
    REJECTED,
    CRASHED,
    UNDECODABLE;

    String header() {
      return switch (this) {
        case EXHAUSTED -> "exhausted";
        case REJECTED -> "rejected";
        case CRASHED -> "crashed";
        case UNDECODABLE -> "undecodable";
      };
    }
  }

  private final Driver driver;
  private final DeadLetterTopic letters;
  private @Nullable CompletionStage<TopicWriter> writer;

  DeadLetterOffice(Driver driver, String topic, String group) {
    this.driver = driver;
    this.letters = new DeadLetterTopic(topic, group);
  }

  /** The original with the headers of a dead letter. */
  Event letter(LaneWork lane, Slot slot, Reason reason, String message, @Nullable Throwable cause) {
    var letter = original(lane, slot)
        .header(DeadLetterHeaders.REASON, reason.header())
        .header(DeadLetterHeaders.MESSAGE, message)
        .header(DeadLetterHeaders.ATTEMPTS, Integer.toString(slot.attempts))
        .header(DeadLetterHeaders.TOPIC, letters.topic())
        .header(DeadLetterHeaders.GROUP, letters.group())
        .header(DeadLetterHeaders.POSITION, lane.number() + "/" + slot.position);
    if (cause != null) {
      letter.header(DeadLetterHeaders.EXCEPTION, cause.getClass().getName());
    }
    if (slot.firstFailure > 0) {
      letter
          .header(DeadLetterHeaders.FIRST_FAILURE, time(slot.firstFailure))
          .header(DeadLetterHeaders.LAST_FAILURE, time(slot.lastFailure));
    }
    return letter.build();
  }

  private static Event.Builder original(LaneWork lane, Slot slot) {
    LaneEvent content = slot.content;
    if (content instanceof LaneEvent.Decoded decoded) {
      return decoded.event().toBuilder();
    }
    var builder = Event.builder().id("undecodable-" + lane.number() + "-" + slot.position);
    if (content instanceof LaneEvent.Undecodable raw) {
      return builder.headers(raw.headers()).payload(raw.raw());
    }
    throw new IllegalStateException("Slot " + slot.position + " has no content to bury");
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  /** Stores the letter; a second store of the same original is recognised by its id. */
  CompletionStage<Position> store(int sourceLane, Position position, Event letter) {
    var id = new MessageId.DeadLetter(letters.topic(), letters.group(), sourceLane, position);
    CompletionStage<TopicWriter> open = writer;
    if (open == null || open.toCompletableFuture().isCompletedExceptionally()) {
      var request = new TopicRequest(letters.name(), LaneCount.advised());
      open = DriverCalls.guarded(() -> driver.writer(request));
      writer = open;
    }
    return open.thenCompose(
        ready -> ready.append(new Append(laneOf(letter, sourceLane, ready.lanes()), letter, id)));
  }

  private static int laneOf(Event letter, int sourceLane, int lanes) {
    String key = letter.key();
    return key == null ? sourceLane % lanes : KeyLane.of(key, lanes);
  }
}
