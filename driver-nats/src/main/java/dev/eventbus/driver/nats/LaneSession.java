package dev.eventbus.driver.nats;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneLostException;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One member's ownership of one lane. It is either <em>open</em>, and events pass, or <em>brought
 * into line</em> with the server: at its begin, and again when a connection, a pull or a delivery was
 * lost. All of its state belongs to the member's {@link Serial}.
 */
final class LaneSession implements Lane, Arrivals.Inlet {

  private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(200);

  private enum State {
    ALIGNING,
    OPEN,
    CLOSED
  }

  private final int number;
  private final LaneLink link;
  private final LaneBook book;
  private final Serial serial;
  private final LaneOwner owner;
  private final Steps steps;
  private final LaneInflow inflow;
  private final LaneAlignment alignment;
  private final LaneSettling settling;
  private final TrimWatch trims = new TrimWatch();
  private final PinCheck pinCheck = new PinCheck();

  private volatile long fence;
  private volatile long heldUntil = Long.MAX_VALUE;
  private volatile boolean bounded;

  private State state = State.ALIGNING;
  private LaneBook.@Nullable Opening opening;
  private boolean granted;
  private @Nullable Subscription subscription;
  private String inbox = "";
  private String acks = "";

  LaneSession(int number, LaneLink link, LaneBook book, Serial serial, LaneOwner owner) {
    this.number = number;
    this.link = link;
    this.book = book;
    this.serial = serial;
    this.owner = owner;
    steps = new Steps(link.calls(), serial, this::failed);
    inflow = new LaneInflow(link, this::mend);
    alignment = new LaneAlignment(
        link, inflow, steps, this::open, () -> owner.gone(this, ServerRefusal.STREAM_NOT_FOUND));
    settling = new LaneSettling(link.calls(), this::keepRecord);
  }

  // What the engine calls.

  @Override
  public int number() {
    return number;
  }

  @Override
  public long fence() {
    return fence;
  }

  @Override
  public long leaseUntil() {
    long lease = owner.leaseUntil();
    long held = heldUntil;
    return bounded && held - lease < 0 ? held : lease;
  }

  @Override
  public void request(int events, long bytes) {
    serial.execute(() -> {
      inflow.request(events, bytes);
      if (state == State.OPEN) {
        pass();
      }
    });
  }

  @Override
  public CompletionStage<Void> commit(Progress progress) {
    return settle(progress, LaneSettling.Purpose.GO_ON);
  }

  @Override
  public CompletionStage<Void> release(Progress progress) {
    return settle(progress, LaneSettling.Purpose.RELEASE);
  }

  private CompletionStage<Void> settle(Progress progress, LaneSettling.Purpose purpose) {
    var done = new CompletableFuture<Void>();
    serial.execute(() -> {
      if (state == State.CLOSED) {
        done.completeExceptionally(lostException());
      } else {
        settling.add(new LaneSettling.Settlement(progress, purpose, done), inflow.address());
      }
    });
    return done;
  }

  private LaneLostException lostException() {
    return new LaneLostException(
        "Lane " + number + " of " + link.stream().topic() + " is no longer owned by this member");
  }

  // What the member calls, within its serial.

  /** Takes the lane: it is granted, or given up if another was first. */
  void begin() {
    steps.then(book::take, found -> {
      opening = found;
      fence = found.fence();
      unpin();
    });
  }

  /** Brings the lane into line again; what is on its way is void. */
  void align() {
    if (state == State.CLOSED) {
      return;
    }
    stop(State.ALIGNING);
    if (opening == null) {
      begin();
    } else {
      steps.then(book::confirm, confirmed -> unpin());
    }
  }

  /** As {@link #align}, after the lease has ended: nothing starts until the lane is confirmed. */
  void alignAfterLapse(long leaseEnded) {
    if (!bounded) {
      heldUntil = leaseEnded;
      bounded = true;
    }
    align();
  }

  boolean isGranted() {
    return granted && state != State.CLOSED;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** The highest event that the engine has. */
  long passed() {
    return inflow.passed();
  }

  void tick() {
    if (state == State.OPEN) {
      settling.tick();
      inflow.renewPin();
      checkPin();
      if (inflow.unanswered()) {
        align();
      } else {
        // The last message before this may have been one that no lane wanted any more.
        pass();
      }
    } else {
      alignment.tick();
    }
  }

  private void checkPin() {
    if (inflow.waitsForPin() && pinCheck.isDue(link.calls().clock().nanos())) {
      steps.then(() -> link.calls().consumerInfo(link.stream().name(), link.consumer()), info -> {
        if (inflow.waitsForPin() && PinCheck.isPinned(info)) {
          // The pull that has the pin may have taken events too: they are to be sent again.
          align();
        }
      });
    }
  }

  /** Retention may have taken events of a lane that does not move. */
  void checkTrimmed(long firstInStream, long lastInStream) {
    if (state == State.OPEN
        && (!inflow.pulling() || trims.worthALook(firstInStream, inflow.highest()))) {
      steps.then(
          () -> link.calls().consumerInfo(link.stream().name(), link.consumer()),
          info -> tellTrimmed(
              inflow.pulling()
                  ? trims.whilePulling(firstInStream, lastInStream, info, inflow.highest())
                  : trims.whileStanding(firstInStream, lastInStream, info, inflow.highest())));
    }
  }

  /** Ends without a word to the server. */
  void abandon() {
    stop(State.CLOSED);
    settling.fail(lostException());
  }

  // Alignment.

  private void stop(State next) {
    steps.beginAnew();
    state = next;
    alignment.stop();
    settling.interrupt();
    if (subscription != null) {
      link.arrivals().close(subscription);
      subscription = null;
    }
  }

  private void unpin() {
    steps.then(link::unpin, unpinned -> {
      bounded = false;
      inbox = owner.newInbox();
      acks = inbox + "a.";
      inflow.reset(inbox);
      subscription = link.open(inbox, this);
      alignment.begin();
    });
  }

  private void open(Barrier done) {
    alignment.stop();
    state = State.OPEN;
    inflow.resume(done);
    LaneBook.Opening found = Objects.requireNonNull(opening, "aligned before it was taken");
    owner.aligned(this, done.made());
    if (!granted) {
      granted = true;
      owner.observer().granted(this, start(done, found));
    }
    long here = Math.max(inflow.passed(), found.seen());
    tellTrimmed(trims.aligned(done.firstInStream(), done.floor(), here));
    trims.pending(done.pending(), done.end());
    pinCheck.opened(link.calls().clock().nanos());
    settling.resume(acks, inflow.address());
    pass();
  }

  private static LaneStart start(Barrier done, LaneBook.Opening found) {
    return new LaneStart(place(done.floor()), place(done.end()), found.record());
  }

  private static @Nullable Position place(long sequence) {
    return sequence == 0 ? null : Position.of(sequence);
  }

  private void tellTrimmed(long events) {
    if (events > 0) {
      owner.observer().trimmed(this, events);
    }
  }

  // Messages.

  @Override
  public void message(Message message) {
    serial.execute(() -> {
      if (message.getSubscription() == subscription) {
        receive(message);
      }
    });
  }

  /** What a stored event says of itself is no word of the server, whatever its headers look like. */
  private void receive(Message message) {
    if (message.isStatusMessage() && message.getSubject().startsWith(inbox)) {
      status(message.getSubject(), message.getStatus(), message);
    } else if (message.getSubject().startsWith(acks)) {
      settling.confirmed(message.getSubject());
    } else if (message.getReplyTo() != null) {
      delivered(message);
    }
  }

  private void delivered(Message message) {
    AckAddress.Delivery delivery = inflow.address().read(message.getReplyTo());
    inflow.pin(message);
    trims.pending(delivery.pending(), delivery.sequence());
    if (state == State.ALIGNING) {
      alignment.take(delivery, message);
    } else if (!inflow.take(delivery, message)) {
      align();
    }
  }

  private void status(String subject, Status status, Message message) {
    if (subject.startsWith(acks)) {
      // No leader has taken the ack; it is sent again when no answer comes.
      return;
    }
    switch (status.getCode()) {
      case 404, 408 -> pullEnded(message);
      case 409 -> {
        if (status.getMessage().contains("MaxBytes")) {
          inflow.meetsLarge();
          pullEnded(message);
        } else if (status.getMessage().contains("Batch Completed")) {
          pullEnded(message);
        } else {
          alignSoon();
        }
      }
      case 100 -> {}
      default -> alignSoon();
    }
  }

  private void pullEnded(Message message) {
    if (message.getSubject().endsWith("k")) {
      return;
    }
    if (state == State.ALIGNING) {
      alignment.pullEnded();
      return;
    }
    inflow.pullEnded(
        number(message, "Nats-Pending-Messages"), number(message, "Nats-Pending-Bytes"));
  }

  private static long number(Message message, String header) {
    String value = message.hasHeaders() ? message.getHeaders().getLast(header) : null;
    return value == null ? 0 : Long.parseLong(value);
  }

  /** No leader, no consumer or another's pin: looks again in a moment. */
  private void alignSoon() {
    stop(State.ALIGNING);
    steps.later(BEFORE_NEXT_TRY, this::align);
  }

  @Override
  public void flush() {
    serial.execute(() -> {
      if (state == State.OPEN) {
        pass();
      }
    });
  }

  private void mend(Arrival arrival) {
    steps.then(() -> link.original(arrival.position().minor()), original -> {
      arrival.mend(original.orElse(null));
      if (state == State.OPEN) {
        pass();
      }
    });
  }

  private void pass() {
    List<LaneEvent> due = inflow.due();
    if (!due.isEmpty()) {
      owner.observer().arrived(this, due);
    }
    inflow.pullMore();
  }

  // Records.

  private void keepRecord(LaneSettling.Settlement settlement) {
    String record = settlement.progress().record();
    if (settlement.purpose() == LaneSettling.Purpose.RELEASE) {
      steps.then(() -> released(record), released -> closed());
      return;
    }
    steps.then(() -> book.write(record), written -> {
      inflow.settled(settlement.progress().settled());
      settling.recorded(inflow.address());
    });
  }

  private CompletableFuture<Void> released(String record) {
    return seen()
        .thenCompose(seen -> book.release(record, seen))
        .exceptionallyCompose(failure ->
            // Released before, and the answer was lost: somebody else owns the lane by now.
            ServerCalls.cause(failure) instanceof Ledger.StaleRevisionException
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(failure));
  }

  /** The stream's last sequence if the group has settled all of the lane, else 0. */
  private CompletableFuture<Long> seen() {
    return link.look()
        .thenApply(
            look -> look.consumer().getNumPending() == 0 && look.consumer().getNumAckPending() == 0
                ? look.stream().getStreamState().getLastSequence()
                : 0L)
        .exceptionally(unknown -> 0L);
  }

  private void closed() {
    settling.recorded(inflow.address());
    abandon();
    owner.released(this);
  }

  // Failures.

  private void failed(Throwable cause) {
    if (cause instanceof Ledger.StaleRevisionException) {
      lost("another member has taken it");
    } else if (cause instanceof ServerRefusal refusal && refusal.notFound()) {
      owner.gone(this, refusal.code());
    } else {
      owner.trouble(this, cause);
      alignSoon();
    }
  }

  private void lost(String why) {
    boolean told = granted;
    abandon();
    owner.lost(this, why, told);
  }
}
