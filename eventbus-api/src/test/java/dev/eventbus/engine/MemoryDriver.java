package dev.eventbus.engine;

import dev.eventbus.Capabilities;
import dev.eventbus.Durability;
import dev.eventbus.Health;
import dev.eventbus.Profile;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A driver whose topics open, and whose groups have lanes, as a test says. */
final class MemoryDriver implements Driver {

  static final long MAX_EVENT_BYTES = 1_000;

  final List<String> opened = new ArrayList<>();
  final Map<String, MemoryLane> laneOfGroup = new HashMap<>();
  int joined;
  boolean closed;
  DriverTraits traits = Slots.TRAITS;
  Profile profile = Profile.RELIABLE;
  Map<String, String> notOffered = Map.of();
  private Function<String, CompletionStage<TopicWriter>> opening =
      topic -> CompletableFuture.failedFuture(new IllegalStateException("no topic in this test"));

  MemoryDriver opens(Function<String, CompletionStage<TopicWriter>> how) {
    opening = how;
    return this;
  }

  MemoryDriver opens(TopicWriter writer) {
    return opens(topic -> CompletableFuture.completedFuture(writer));
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        "memory",
        "memory 1",
        "memory 1",
        profile,
        Durability.PROCESS_MEMORY,
        MAX_EVENT_BYTES,
        "memory.max",
        notOffered);
  }

  @Override
  public DriverTraits traits() {
    return traits;
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    opened.add(topic.name());
    return opening.apply(topic.name());
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    joined++;
    MemoryLane lane = laneOfGroup.get(request.group());
    if (lane != null) {
      lane.grantTo(observer);
    }
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
  public TopicAdmin admin() {
    throw new UnsupportedOperationException("no test looks at topics");
  }

  @Override
  public Health health() {
    return Health.up("memory");
  }

  @Override
  public void close() {
    closed = true;
  }
}
