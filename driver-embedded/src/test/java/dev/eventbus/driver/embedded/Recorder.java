package dev.eventbus.driver.embedded;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Stands in for the engine: keeps what the driver tells, and does what the engine would. */
class Recorder implements LaneObserver {

  /** What to ask of each lane when it is granted. */
  record Credit(int events, long bytes) {}

  /** An event and the lane that it came from. */
  record Arrival(int lane, long fence, LaneEvent event) {
    String text() {
      return event instanceof LaneEvent.Decoded decoded ? decoded.event().text() : "?";
    }
  }

  final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  final Map<Integer, Lane> lanes = new ConcurrentSkipListMap<>();
  final Map<Integer, LaneStart> starts = new ConcurrentSkipListMap<>();
  final Map<Integer, Position> reached = new ConcurrentSkipListMap<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Long> trimmed = new CopyOnWriteArrayList<>();
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicReference<Thread> caller = new AtomicReference<>();
  private final Credit credit;

  Recorder() {
    this(new Credit(1_000_000, 1L << 40));
  }

  Recorder(Credit credit) {
    this.credit = credit;
  }

  private void note(String what) {
    caller.compareAndSet(null, Thread.currentThread());
    if (caller.get() != Thread.currentThread()) {
      told.add("called by a second thread: " + Thread.currentThread());
    }
    told.add(what);
  }

  @Override
  public void granted(Lane lane, LaneStart start) {
    note("granted " + lane.number());
    starts.put(lane.number(), start);
    lanes.put(lane.number(), lane);
    if (credit.events() > 0) {
      lane.request(credit.events(), credit.bytes());
    }
  }

  @Override
  public void revoking(Lane lane) {
    note("revoking " + lane.number());
    release(lane);
  }

  @Override
  public void lost(Lane lane, String why) {
    note("lost " + lane.number());
    lanes.remove(lane.number(), lane);
  }

  @Override
  public void arrived(Lane lane, List<LaneEvent> batch) {
    for (LaneEvent event : batch) {
      arrivals.add(new Arrival(lane.number(), lane.fence(), event));
      reached.put(lane.number(), event.position());
    }
  }

  @Override
  public void trimmed(Lane lane, long events) {
    note("trimmed " + lane.number());
    trimmed.add(events);
  }

  @Override
  public void dropped(Lane lane, long events) {
    note("dropped " + lane.number());
  }

  @Override
  public void degraded(String why) {
    note("degraded " + why);
  }

  @Override
  public void recovered() {
    note("recovered");
  }

  @Override
  public void failed(Throwable cause) {
    note("failed " + cause);
    failures.add(cause);
  }

  /** All that has arrived is settled. */
  Progress progress(int lane) {
    return new Progress(List.of(), reached.get(lane), 0, "record of " + lane);
  }

  void commit(int lane) {
    Drivers.get(
        Objects.requireNonNull(lanes.get(lane)).commit(progress(lane)).toCompletableFuture());
  }

  void commitAll() {
    lanes.keySet().forEach(this::commit);
  }

  void release(Lane lane) {
    lanes.remove(lane.number(), lane);
    lane.release(progress(lane.number()));
  }

  /** As the engine does before it leaves. */
  void releaseAll() {
    for (Lane lane : List.copyOf(lanes.values())) {
      lanes.remove(lane.number(), lane);
      Drivers.get(lane.release(progress(lane.number())).toCompletableFuture());
    }
  }

  List<String> texts() {
    return arrivals.stream().map(Arrival::text).toList();
  }

  List<String> texts(int lane) {
    return arrivals.stream()
        .filter(arrival -> arrival.lane() == lane)
        .map(Arrival::text)
        .toList();
  }

  Map<Integer, Long> fences() {
    var fences = new TreeMap<Integer, Long>();
    lanes.forEach((number, lane) -> fences.put(number, lane.fence()));
    return fences;
  }
}
