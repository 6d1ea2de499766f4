package dev.eventbus.driver.nats;

import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a lane, one after another: first the acks, each confirmed, then the record. One that
 * is interrupted by a lost connection is done again as a whole.
 */
final class LaneSettling {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  /** What a commit is for. */
  enum Purpose {
    GO_ON,
    RELEASE
  }

  /** One commit that is not done. */
  record Settlement(Progress progress, Purpose purpose, CompletableFuture<Void> done) {}

  /** What follows once the acks of a commit are confirmed. */
  @FunctionalInterface
  interface Recorder {
    void record(Settlement settlement);
  }

  private final ServerCalls calls;
  private final Recorder recorder;
  private final Deque<Settlement> queue = new ArrayDeque<>();
  private @Nullable AckRound round;
  private boolean recording;
  private boolean open;
  private String inbox = "";
  private int rounds;

  LaneSettling(ServerCalls calls, Recorder recorder) {
    this.calls = calls;
    this.recorder = recorder;
  }

  void add(Settlement settlement, AckAddress address) {
    queue.add(settlement);
    next(address);
  }

  /** Stops; what is not done is done again after {@link #resume}. */
  void interrupt() {
    open = false;
    round = null;
    recording = false;
  }

  void resume(String acks, AckAddress address) {
    inbox = acks;
    open = true;
    next(address);
  }

  private void next(AckAddress address) {
    Settlement first = queue.peek();
    if (!open || first == null || round != null || recording) {
      return;
    }
    if (first.progress().settled().isEmpty()) {
      record(first);
      return;
    }
    round = new AckRound(calls, address, first.progress().settled(), inbox + ++rounds + ".");
    round.send();
  }

  private void record(Settlement settlement) {
    round = null;
    recording = true;
    recorder.record(settlement);
  }

  /** The server has confirmed an ack. */
  void confirmed(String subject) {
    Settlement first = queue.peek();
    if (round != null && first != null && round.completedBy(subject)) {
      record(first);
    }
  }

  /** The record of the first commit is durable. */
  void recorded(AckAddress address) {
    recording = false;
    Settlement first = queue.poll();
    if (first != null) {
      first.done().complete(null);
    }
    next(address);
  }

  /** Sends again what has had no answer. */
  void tick() {
    if (round != null && round.age() > PATIENCE_NANOS) {
      round.send();
    }
  }

  /** The lane belongs to another: nothing more is written. */
  void fail(LaneLostException lost) {
    interrupt();
    for (Settlement left = queue.poll(); left != null; left = queue.poll()) {
      left.done().completeExceptionally(lost);
    }
  }
}
