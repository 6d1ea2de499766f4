package dev.eventbus.benchmarks;

import dev.eventbus.Capabilities;
import dev.eventbus.Durability;
import dev.eventbus.Event;
import dev.eventbus.Health;
import dev.eventbus.Profile;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.DriverTraits.SettledAhead;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.KeyLane;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A driver without a broker, so that what is measured is the engine. It only delivers. */
final class NullDriver implements Driver {

  private final int lanes;
  private final List<List<Event>> eventsOfLane;
  private final List<NullLane> granted = new ArrayList<>();

  NullDriver(int lanes, List<Event> events) {
    this.lanes = lanes;
    this.eventsOfLane = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int number = lane;
      eventsOfLane.add(events.stream()
          .filter(event -> event.key() == null || KeyLane.of(event.key(), lanes) == number)
          .toList());
    }
  }

  /** Lets so many events be delivered, evenly over the lanes. */
  void feed(long events) {
    granted.forEach(lane -> lane.feed(events / lanes));
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        "null", "none", "none", Profile.RELIABLE, Durability.PROCESS_MEMORY, 1 << 20, "", Map.of());
  }

  @Override
  public DriverTraits traits() {
    return new DriverTraits(SettledAhead.RECORD, 4000);
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    for (int lane = 0; lane < lanes; lane++) {
      granted.add(new NullLane(observer, lane, eventsOfLane.get(lane)));
    }
    granted.forEach(NullLane::grant);
    return new Membership() {
      @Override
      public void retire() {}

      @Override
      public CompletionStage<Void> leave() {
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    return CompletableFuture.failedFuture(new IllegalStateException("only delivers"));
  }

  @Override
  public TopicAdmin admin() {
    throw new IllegalStateException("only delivers");
  }

  @Override
  public Health health() {
    return Health.up("null");
  }

  @Override
  public void close() {}
}
