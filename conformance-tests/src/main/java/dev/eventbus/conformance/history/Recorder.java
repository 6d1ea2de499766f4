package dev.eventbus.conformance.history;

import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Stamps what one member does. Thread-safe. */
public final class Recorder {

  private final String member;
  private final long pid;
  private final LongSupplier nanos;
  private final HistorySink sink;
  private final AtomicLong runs = new AtomicLong();

  /** Records for this process, by the machine's monotonic clock. */
  public Recorder(String member, HistorySink sink) {
    this(member, ProcessHandle.current().pid(), System::nanoTime, sink);
  }

  /** Records for a process, real or simulated, by a clock. */
  public Recorder(String member, long pid, LongSupplier nanos, HistorySink sink) {
    this.member = member;
    this.pid = pid;
    this.nanos = nanos;
    this.sink = sink;
  }

  /** Whom it records for. */
  public String member() {
    return member;
  }

  /** Who and when, now. */
  public Stamp now() {
    return new Stamp(member, pid, nanos.getAsLong(), System.currentTimeMillis());
  }

  /** Keeps an event made from the stamp of this moment. */
  public void add(Function<Stamp, HistoryEvent> event) {
    sink.add(event.apply(now()));
  }

  /** Keeps a remark. */
  public void note(String text) {
    add(at -> new HistoryEvent.Note(at, text));
  }

  /** A handler was entered: call first thing. Answers what {@link #ended} needs. */
  public HistoryEvent.HandlerStarted started(
      String group, EventRef event, int attempt, LaneRef lane, boolean redelivered, long digest) {
    var started = new HistoryEvent.HandlerStarted(
        now(),
        group,
        event,
        runs.incrementAndGet(),
        attempt,
        lane.number(),
        lane.fence(),
        redelivered,
        digest);
    sink.add(started);
    return started;
  }

  /** A handler is about to return or fail: call last thing. */
  public void ended(HistoryEvent.HandlerStarted run, Outcome outcome, long delayNanos, String why) {
    add(at -> new HistoryEvent.HandlerEnded(
        at, run.group(), run.event(), run.run(), outcome, delayNanos, why));
  }

  /**
   * A lane under one owner.
   *
   * @param number the lane's number
   * @param fence the owner's
   */
  public record LaneRef(int number, long fence) {}
}
