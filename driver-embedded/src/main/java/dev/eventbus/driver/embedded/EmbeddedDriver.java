package dev.eventbus.driver.embedded;

import dev.eventbus.Capabilities;
import dev.eventbus.DriverException;
import dev.eventbus.Health;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open database: three threads, whatever the number of topics, lanes and members. */
final class EmbeddedDriver implements Driver {

  private static final int MAX_RECORD = 4_000;

  private final Parts parts;
  private final Capabilities capabilities;
  private final Map<Long, LaneSlot> slots = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  EmbeddedDriver(Parts parts, Capabilities capabilities) {
    this.parts = parts;
    this.capabilities = capabilities;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public DriverTraits traits() {
    return new DriverTraits(DriverTraits.SettledAhead.RECORD, MAX_RECORD);
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    var open = new OpenTopic(topic);
    parts.wiring().keeper().submit(open);
    return open.opened().thenApply(this::writer);
  }

  private TopicWriter writer(TopicRow topic) {
    // One slot for each lane, also when a topic is opened twice: it keeps the order of the calls.
    List<LaneSlot> lanes = topic.lanes().stream()
        .map(lane -> slots.computeIfAbsent(lane, id -> new LaneSlot(id, topic.id())))
        .toList();
    return new EmbeddedWriter(parts.log(), lanes);
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    if (closed.get()) {
      throw new DriverException(EmbeddedError.CLOSED, "The driver has been closed.");
    }
    var join = new Join(request, observer, parts.wiring());
    parts.wiring().keeper().submit(join);
    CompletableFuture<GroupMember> joined = join.joined();
    return Waiting.get(joined, Waiting.CALL, parts::lateText);
  }

  @Override
  public TopicAdmin admin() {
    return parts.admin();
  }

  @Override
  public Health health() {
    return closed.get()
        ? Health.down(EmbeddedProvider.ID, "the driver has been closed")
        : parts.trouble().health(EmbeddedProvider.ID);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
    }
  }
}
