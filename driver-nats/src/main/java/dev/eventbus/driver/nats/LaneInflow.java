package dev.eventbus.driver.nats;

import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.Position;
import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from the server to the engine. Of each lane the engine gets every event once
 * for each ownership; what the server sends again is recognised here.
 */
final class LaneInflow {

  /** A pull ends by itself, so that the server forgets one whose owner is gone. */
  static final Duration PULL = Duration.ofSeconds(25);

  /** With no messages for so long the pin is renewed by a pull that asks for nothing. */
  private static final long RENEW_PIN_NANOS = Duration.ofSeconds(20).toNanos();

  private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final String PIN_HEADER = "Nats-Pin-Id";
  private static final Duration AT_ONCE = Duration.ofNanos(1);

  private final LaneLink link;
  private final Consumer<Arrival> mender;
  private final PullWindow window = new PullWindow();
  private final Deque<Arrival> buffer = new ArrayDeque<>();
  private final Set<Long> unsettled = new HashSet<>();

  private AckAddress address;
  private String replyTo = "";
  private String renewals = "";
  private @Nullable String pin;
  private long bufferedBytes;
  private long highest;
  private long passed;
  private long nextNumber;
  private boolean behind;
  private long lastPull;

  /** {@code mender} gets the true bytes of an arrival whose headers had to be changed. */
  LaneInflow(LaneLink link, Consumer<Arrival> mender) {
    this.link = link;
    this.mender = mender;
    address = AckAddress.of(link.stream().name(), link.consumer());
  }

  AckAddress address() {
    return address;
  }

  /** The highest event that the engine has. */
  long passed() {
    return passed;
  }

  /** The highest event that has come in. */
  long highest() {
    return highest;
  }

  /** Whether the server may send something. */
  boolean pulling() {
    return window.pulling();
  }

  /** Forgets what the engine has not had, and every pull; messages come under another subject. */
  void reset(String inbox) {
    replyTo = inbox + "p";
    renewals = inbox + "k";
    pin = null;
    window.reset();
    buffer.forEach(arrival -> unsettled.remove(arrival.position().minor()));
    buffer.clear();
    bufferedBytes = 0;
    highest = passed;
  }

  /** Goes on after what the barrier has brought into order. */
  void resume(Barrier barrier) {
    for (Barrier.Held held : barrier.inOrder()) {
      accept(held.delivery(), held.message());
    }
    nextNumber = barrier.lastNumber() + 1;
    behind = barrier.end() < passed;
  }

  void pin(Message message) {
    String given = message.hasHeaders() ? message.getHeaders().getLast(PIN_HEADER) : null;
    if (given != null && !given.equals(pin)) {
      pin = given;
    }
  }

  /** Takes a message; false when one before it is missing. */
  boolean take(AckAddress.Delivery delivery, Message message) {
    window.delivered(message.getSubject().length()
        + message.getReplyTo().length()
        + (message.getData() == null ? 0 : message.getData().length));
    if (delivery.number() != nextNumber) {
      return false;
    }
    nextNumber++;
    if (behind && delivery.sequence() >= passed) {
      behind = false;
    }
    accept(delivery, message);
    return true;
  }

  private void accept(AckAddress.Delivery delivery, Message message) {
    address = delivery.address();
    long sequence = delivery.sequence();
    if (sequence <= highest) {
      if (!unsettled.contains(sequence)) {
        // Settled long ago, and the server has forgotten it.
        settleAgain(sequence);
      }
      return;
    }
    highest = sequence;
    unsettled.add(sequence);
    Arrival arrival = arrival(delivery, message);
    buffer.add(arrival);
    bufferedBytes += arrival.bytes();
    if (arrival.event() == null) {
      mender.accept(arrival);
    }
  }

  private Arrival arrival(AckAddress.Delivery delivery, Message message) {
    var stored = new Stored(
        Position.of(delivery.sequence()),
        delivery.epochNanos(),
        NatsNames.keyOf(link.stream().topic(), message.getSubject()));
    return new Arrival(stored, message);
  }

  private void settleAgain(long sequence) {
    link.calls().send(address.ack(sequence), null, AckRound.ACK);
  }

  /** After a restart the server may have forgotten acks: those of this owner are sent again. */
  void settleAgain(long floor, long end) {
    for (long sequence = floor + 1; sequence <= Math.min(end, passed); sequence++) {
      if (!unsettled.contains(sequence)) {
        settleAgain(sequence);
      }
    }
  }

  void settled(Collection<Position> positions) {
    positions.forEach(position -> unsettled.remove(position.minor()));
  }

  void request(int events, long bytes) {
    window.request(events, bytes);
  }

  /** What the engine has asked for and is here. */
  List<LaneEvent> due() {
    List<LaneEvent> due = new ArrayList<>();
    for (Arrival next = buffer.peek(); next != null; next = buffer.peek()) {
      LaneEvent event = next.event();
      if (event == null || !window.take(event)) {
        break;
      }
      buffer.remove();
      bufferedBytes -= next.bytes();
      passed = next.position().minor();
      due.add(event);
    }
    return due;
  }

  /** Asks the server for what the engine wants and is not under way. */
  void pullMore() {
    PullWindow.Ask ask = behind ? window.catchUp() : window.next(buffer.size(), bufferedBytes);
    if (ask != null) {
      lastPull = link.calls().clock().nanos();
      link.pull(ask.events(), ask.bytes(), PULL, pin, replyTo);
    }
  }

  /** A pull of the barrier, for exactly what is missing. */
  void pull(int events, Duration expires) {
    lastPull = link.calls().clock().nanos();
    link.pull(events, 0, expires, pin, replyTo);
  }

  void pullEnded(long events, long bytes) {
    window.ended(events, bytes);
  }

  void meetsLarge() {
    window.meetsLarge();
  }

  /** Whether a pull should have ended long ago: its answer is lost. */
  boolean unanswered() {
    return window.pulling() && sincePull() > PULL.toNanos() + GRACE_NANOS;
  }

  /** Whether events are asked for by an owner that has not been pinned yet. */
  boolean waitsForPin() {
    return pin == null && window.pulling();
  }

  /** Keeps the pin while nothing is asked for. */
  void renewPin() {
    if (pin != null && sincePull() > RENEW_PIN_NANOS && !window.pulling()) {
      lastPull = link.calls().clock().nanos();
      link.pull(1, 0, AT_ONCE, pin, renewals);
    }
  }

  private long sincePull() {
    return link.calls().clock().nanos() - lastPull;
  }
}
