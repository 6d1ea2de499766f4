package dev.eventbus.driver.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a lane into line with the server: take the pin away → look → have what is unacked sent again
 * → collect it. Until all of it is here nothing passes.
 */
final class LaneAlignment {

  private static final Duration PULL = Duration.ofSeconds(1);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

  private final LaneLink link;
  private final LaneInflow inflow;
  private final Steps steps;
  private final Consumer<Barrier> aligned;
  private final Runnable recreated;

  private @Nullable Barrier barrier;
  private long askedAt;

  /** {@code recreated} is told when the stream is another one of the same name. */
  LaneAlignment(
      LaneLink link,
      LaneInflow inflow,
      Steps steps,
      Consumer<Barrier> aligned,
      Runnable recreated) {
    this.link = link;
    this.inflow = inflow;
    this.steps = steps;
    this.aligned = aligned;
    this.recreated = recreated;
  }

  /** Begins; messages come in already. */
  void begin() {
    barrier = new Barrier();
    look();
  }

  void stop() {
    barrier = null;
  }

  boolean isUnderWay() {
    return barrier != null;
  }

  /** Looks again when an answer or an event is late. */
  void tick() {
    if (barrier != null && link.calls().clock().nanos() - askedAt > PATIENCE_NANOS) {
      look();
    }
  }

  /** Takes a message of the server. */
  void take(AckAddress.Delivery delivery, Message message) {
    Barrier current = barrier;
    if (current != null) {
      current.take(delivery, message);
      if (current.complete()) {
        aligned.accept(current);
      }
    }
  }

  /**
   * The server has nothing more for the pull: what is missing was taken by retention, or went to a
   * pull of a former owner.
   */
  void pullEnded() {
    steps.then(link::unpin, unpinned -> look());
  }

  private void look() {
    Barrier current = barrier;
    if (current == null) {
      return;
    }
    askedAt = link.calls().clock().nanos();
    steps.then(link::look, look -> {
      if (current == barrier) {
        looked(current, look);
      }
    });
  }

  private void looked(Barrier current, LaneLink.Look look) {
    if (!look.stream().getCreateTime().equals(link.stream().created())) {
      recreated.run();
      return;
    }
    current.look(look);
    inflow.settleAgain(current.floor(), current.end());
    if (current.complete()) {
      aligned.accept(current);
      return;
    }
    steps.then(() -> link.sendAgain(inflow.address(), current), asked -> {
      askedAt = link.calls().clock().nanos();
      inflow.pull(current.missing(), PULL);
    });
  }
}
