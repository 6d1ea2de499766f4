package dev.eventbus.engine;

import dev.eventbus.Capabilities;
import dev.eventbus.Durability;
import dev.eventbus.Event;
import dev.eventbus.Health;
import dev.eventbus.LaneLag;
import dev.eventbus.Profile;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.StartAt;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.DriverTraits;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import dev.eventbus.spi.Membership;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicAdmin;
import dev.eventbus.spi.TopicInfo;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The model broker's driver in one simulated process. */
final class ModelDriver implements Driver {

  private final ModelBroker broker;
  private final VirtualProcess process;

  ModelDriver(ModelBroker broker, VirtualProcess process) {
    this.broker = broker;
    this.process = process;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        "model",
        "model",
        "model",
        Profile.RELIABLE,
        Durability.PROCESS_CRASH,
        1 << 20,
        "the model",
        Map.of());
  }

  @Override
  public DriverTraits traits() {
    return new DriverTraits(
        broker.plan().memory() == ModelLane.Memory.EACH_SETTLE
            ? DriverTraits.SettledAhead.BROKER
            : DriverTraits.SettledAhead.RECORD,
        4000);
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    var opened = new CompletableFuture<TopicWriter>();
    process.in(
        broker.time().between(0, 2_000_000), () -> opened.complete(new Writer(topic.name())));
    return opened;
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    ModelMember member = broker.join(process, observer, request.lease().toNanos());
    return new Membership() {
      @Override
      public void retire() {
        broker.sendToBroker(process, () -> member.retired = true);
      }

      @Override
      public CompletionStage<Void> leave() {
        var left = new CompletableFuture<Void>();
        broker.sendToBroker(process, () -> {
          broker.leave(member);
          broker.sendToMember(member, () -> left.complete(null));
        });
        return left;
      }
    };
  }

  @Override
  public TopicAdmin admin() {
    return new NoAdmin();
  }

  @Override
  public Health health() {
    return Health.up("model");
  }

  @Override
  public void close() {}

  /** Appends with latency; a refused one may be stored all the same. */
  private final class Writer implements TopicWriter {
    private final String topic;
    private long lastArrival;

    Writer(String topic) {
      this.topic = topic;
    }

    @Override
    public int lanes() {
      return broker.plan().lanes();
    }

    @Override
    public Ordering ordering() {
      return broker.plan().ordering();
    }

    @Override
    public long sizeOf(Event event) {
      return event.payload().length;
    }

    @Override
    public CompletionStage<Position> append(Append append) {
      var done = new CompletableFuture<Position>();
      VirtualTime time = broker.time();
      boolean pipelined = ordering() == Ordering.PIPELINED;
      boolean refused =
          !pipelined && (broker.isAway() || time.chance(broker.plan().refusedAppends()));
      boolean storedAllTheSame = time.chance(0.5);
      long at = time.nanos() + time.between(50_000, broker.plan().maxLatencyNanos());
      if (pipelined) {
        at = Math.max(at, lastArrival + 1);
        lastArrival = at;
      }
      time.at(at, null, () -> {
        if (!process.isAlive()) {
          return;
        }
        if (refused && !storedAllTheSame) {
          process.in(0, () -> done.completeExceptionally(refusal(Outcome.NOT_STORED)));
          return;
        }
        Position position = broker.logs(topic)[append.lane()].append(
            append.event(), append.id(), time.between(0, broker.plan().maxGap()));
        broker.stored();
        process.in(time.between(50_000, broker.plan().maxLatencyNanos()), () -> {
          if (refused) {
            done.completeExceptionally(refusal(Outcome.UNKNOWN));
          } else {
            done.complete(position);
          }
        });
      });
      return done;
    }

    private static AppendException refusal(Outcome outcome) {
      return new AppendException(outcome, Remedy.RETRY, "refused", null);
    }
  }

  private static final class NoAdmin implements TopicAdmin {
    @Override
    public List<TopicInfo> topics() {
      return List.of();
    }

    @Override
    public Optional<TopicInfo> topic(String name) {
      return Optional.empty();
    }

    @Override
    public List<String> groups(String topic) {
      return List.of();
    }

    @Override
    public List<LaneLag> lag(String topic, String group) {
      return List.of();
    }

    @Override
    public void replay(String topic, String group, StartAt to) {
      throw new IllegalStateException("The model's groups never stop");
    }
  }
}
