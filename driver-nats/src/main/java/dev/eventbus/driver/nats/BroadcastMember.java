package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The only member of a group that ends with it (S6): it owns every lane for good, and the server
 * removes its consumers when nobody uses them.
 */
final class BroadcastMember implements Member {

  /** A lease that never ends, in nanoseconds from now; differences of times must not overflow. */
  private static final long FOR_GOOD = Long.MAX_VALUE / 4;

  private final JetStreamParts parts;
  private final TopicStream stream;
  private final JoinRequest request;
  private final Serial serial = new Serial();
  private final MemberLanes lanes;
  private @Nullable Future<?> ticking;
  private boolean left;

  BroadcastMember(
      JetStreamParts parts, TopicStream stream, JoinRequest request, LaneObserver observer) {
    this.parts = parts;
    this.stream = stream;
    this.request = request;
    lanes = new MemberLanes(
        parts,
        stream,
        request,
        observer,
        serial,
        () -> parts.calls().clock().nanos() + FOR_GOOD,
        lane -> {});
  }

  void start() {
    serial.execute(() -> {
      for (int lane = 0; lane < stream.lanes(); lane++) {
        lanes.take(lane, new MemoryBook());
      }
      long period = parts.tick(request.lease()).toNanos();
      ticking = parts
          .timer()
          .scheduleWithFixedDelay(
              () -> serial.execute(lanes::tick), period, period, TimeUnit.NANOSECONDS);
    });
  }

  @Override
  public void disconnected(String why) {
    serial.execute(() -> lanes.degraded(why));
  }

  @Override
  public void reconnected() {
    serial.execute(() -> {
      if (!left) {
        lanes.align();
        lanes.recoverIfAligned();
      }
    });
  }

  @Override
  public void denied(Denial denial) {
    if (denial.concerns(stream.name(), NatsNames.consumers(request.group()))) {
      serial.execute(() -> lanes.denied(denial.explained()));
    }
  }

  @Override
  public void ended(DriverException why) {
    serial.execute(() -> lanes.fail(why));
  }

  /** It shares lanes with nobody. */
  @Override
  public void retire() {}

  @Override
  public CompletionStage<Void> leave() {
    var done = new CompletableFuture<Void>();
    serial.execute(() -> {
      if (left) {
        done.complete(null);
        return;
      }
      left = true;
      if (ticking != null) {
        ticking.cancel(false);
      }
      lanes.abandon();
      parts.left(this);
      CompletableFuture<?>[] removed = new CompletableFuture<?>[stream.lanes()];
      for (int lane = 0; lane < removed.length; lane++) {
        removed[lane] =
            parts.calls().deleteConsumer(stream.name(), NatsNames.consumer(request.group(), lane));
      }
      Calls.follow(CompletableFuture.allOf(removed), (all, failure) -> done.complete(null));
    });
    return done;
  }
}
