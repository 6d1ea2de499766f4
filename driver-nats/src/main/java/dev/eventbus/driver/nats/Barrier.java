package dev.eventbus.driver.nats;

import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings the lane's unacked events into order. The server gives them in any order, and new ones
 * before them; so a new owner has all of them sent again and lets none pass until each is here.
 */
final class Barrier {

  /** A message and what its address tells. */
  record Held(AckAddress.Delivery delivery, Message message) {}

  private final SortedMap<Long, Held> held = new TreeMap<>();
  private ZonedDateTime made = ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
  private long firstInStream;
  private long floor;
  private long end;
  private long unacked;
  private long pending;
  private long lastNumber;
  private boolean passed;

  /** Looks again: what is held stays, since nothing is acked meanwhile. */
  void look(LaneLink.Look look) {
    ConsumerInfo info = look.consumer();
    made = info.getCreationTime();
    firstInStream = look.stream().getStreamState().getFirstSequence();
    floor = info.getAckFloor().getStreamSequence();
    end = info.getDelivered().getStreamSequence();
    unacked = info.getNumAckPending();
    pending = info.getNumPending();
    lastNumber = Math.max(lastNumber, info.getDelivered().getConsumerSequence());
  }

  /** When the lane's consumer was made. */
  ZonedDateTime made() {
    return made;
  }

  /** The oldest event of the stream that is left. */
  long firstInStream() {
    return firstInStream;
  }

  /** Every event of the lane up to here is acked. */
  long floor() {
    return floor;
  }

  /** No later event has been delivered to anybody. */
  long end() {
    return end;
  }

  /** How many events lie beyond the end. */
  long pending() {
    return pending;
  }

  /** The number of the last delivery. */
  long lastNumber() {
    return lastNumber;
  }

  /** How many are still to come. */
  int missing() {
    return (int) Math.max(0, unacked - held.size());
  }

  boolean complete() {
    return passed || missing() == 0;
  }

  boolean holds(long sequence) {
    return held.containsKey(sequence);
  }

  void take(AckAddress.Delivery delivery, Message message) {
    held.put(delivery.sequence(), new Held(delivery, message));
    lastNumber = Math.max(lastNumber, delivery.number());
    // The server sends a new event only when none is left to be sent again.
    passed |= delivery.sequence() > end;
  }

  /** What was held, in log order. */
  Collection<Held> inOrder() {
    return held.values();
  }
}
