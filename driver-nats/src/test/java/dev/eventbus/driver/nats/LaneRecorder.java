package dev.eventbus.driver.nats;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Stands in for the engine on lanes of JetStream: keeps what the driver tells. */
final class LaneRecorder implements LaneObserver {

  static final Duration LIMIT = Duration.ofSeconds(40);
  private static final long PLENTY = 1L << 40;

  final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
  final Map<Integer, LaneStart> starts = new ConcurrentHashMap<>();
  final List<LaneEvent> arrivals = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final AtomicLong trimmed = new AtomicLong();
  final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final int credit;

  /** Asks for that many events of each lane when it is granted. */
  LaneRecorder(int credit) {
    this.credit = credit;
  }

  LaneRecorder() {
    this(1_000_000);
  }

  @Override
  public void granted(Lane lane, LaneStart start) {
    starts.put(lane.number(), start);
    lanes.put(lane.number(), lane);
    if (credit > 0) {
      lane.request(credit, PLENTY);
    }
  }

  @Override
  public void revoking(Lane lane) {
    told.add("revoking " + lane.number());
  }

  @Override
  public void lost(Lane lane, String why) {
    lanes.remove(lane.number());
    told.add("lost " + lane.number());
  }

  @Override
  public void arrived(Lane lane, List<LaneEvent> batch) {
    arrivals.addAll(batch);
  }

  @Override
  public void trimmed(Lane lane, long events) {
    trimmed.addAndGet(events);
  }

  @Override
  public void dropped(Lane lane, long events) {
    told.add("dropped");
  }

  @Override
  public void degraded(String why) {
    told.add("degraded: " + why);
  }

  @Override
  public void recovered() {
    told.add("recovered");
  }

  @Override
  public void failed(Throwable cause) {
    failure.complete(cause);
  }

  Lane lane(int number) {
    await("lane " + number).atMost(LIMIT).until(() -> lanes.containsKey(number));
    return lanes.get(number);
  }

  void awaitLanes(int count) {
    await(count + " lanes").atMost(LIMIT).until(() -> lanes.size() == count);
  }

  void awaitArrivals(int count) {
    await(count + " events").atMost(LIMIT).until(() -> arrivals.size() >= count);
  }

  List<Long> positions() {
    return arrivals.stream().map(event -> event.position().minor()).toList();
  }

  List<String> texts() {
    return arrivals.stream()
        .map(event -> ((LaneEvent.Decoded) event).event().text())
        .toList();
  }

  void settle(int lane, long... sequences) throws Exception {
    lane(lane)
        .commit(progress("record", sequences))
        .toCompletableFuture()
        .get(LIMIT.toSeconds(), SECONDS);
  }

  void release(int lane, String record) throws Exception {
    lane(lane).release(progress(record)).toCompletableFuture().get(LIMIT.toSeconds(), SECONDS);
  }

  static Progress progress(String record, long... sequences) {
    return new Progress(LongStream.of(sequences).mapToObj(Position::of).toList(), null, 0, record);
  }
}
