package dev.eventbus.driver.nats;

import dev.eventbus.Event;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.LaneStart;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for the engine: keeps what the driver tells. */
final class CoreRecorder implements LaneObserver {

  static final int PLENTY = 1_000_000_000;

  final LinkedBlockingQueue<LaneEvent> arrivals = new LinkedBlockingQueue<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final AtomicLong dropped = new AtomicLong();
  final CompletableFuture<Lane> lane = new CompletableFuture<>();
  private final int credit;

  /** Asks for that many events when the lane is granted. */
  CoreRecorder(int credit) {
    this.credit = credit;
  }

  CoreRecorder() {
    this(PLENTY);
  }

  @Override
  public void granted(Lane granted, LaneStart start) {
    told.add("granted");
    lane.complete(granted);
    if (credit > 0) {
      granted.request(credit, Long.MAX_VALUE / 4);
    }
  }

  @Override
  public void revoking(Lane revoked) {
    told.add("revoking");
  }

  @Override
  public void lost(Lane gone, String why) {
    told.add("lost");
  }

  @Override
  public void arrived(Lane from, List<LaneEvent> batch) {
    arrivals.addAll(batch);
  }

  @Override
  public void trimmed(Lane from, long events) {
    told.add("trimmed");
  }

  @Override
  public void dropped(Lane from, long events) {
    dropped.addAndGet(events);
  }

  @Override
  public void degraded(String why) {
    told.add("degraded");
  }

  @Override
  public void recovered() {
    told.add("recovered");
  }

  @Override
  public void failed(Throwable cause) {
    told.add("failed");
  }

  List<Event> events() {
    return arrivals.stream()
        .map(arrival -> ((LaneEvent.Decoded) arrival).event())
        .toList();
  }

  List<String> texts() {
    return events().stream().map(Event::text).toList();
  }
}
