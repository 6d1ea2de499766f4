package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.StartAt;
import dev.eventbus.spi.JoinRequest;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.PriorityPolicy;
import io.nats.client.api.ReplayPolicy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The consumers of a group: one for each lane, explicit acks, pinned to one client, without a limit
 * of deliveries. Retries, attempts and dead letters are the engine's.
 */
final class LaneConsumers {

  /** The one priority group of each consumer. */
  static final String PIN_GROUP = "owner";

  /** Name of metadata. */
  static final String GROUP = "eventbus.group";

  /** What is delivered and neither acked nor lost comes again after this time, and is recognised. */
  static final Duration ACK_WAIT = Duration.ofMinutes(5);

  /** How long a pin outlives its last pull. The ledger decides earlier, and unpins. */
  static final Duration PIN = Duration.ofMinutes(1);

  /**
   * More than a lane ever has unsettled and uncommitted, so that the server holds back nothing by
   * itself. The client does not send -1, for which the server would take 1,000.
   */
  static final long MOST_UNACKED = 10_000;

  /** How long the consumers of a broadcast outlive their member. */
  static final Duration UNUSED = Duration.ofMinutes(1);

  private final ServerCalls calls;

  LaneConsumers(ServerCalls calls) {
    this.calls = calls;
  }

  /** Creates the consumers that do not exist; those that do stay as they are. */
  CompletableFuture<Void> ensure(TopicStream stream, JoinRequest request) {
    List<CompletableFuture<?>> created = new ArrayList<>();
    for (int lane = 0; lane < stream.lanes(); lane++) {
      created.add(ensure(stream, request, lane));
    }
    return CompletableFuture.allOf(created.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<?> ensure(TopicStream stream, JoinRequest request, int lane) {
    String consumer = NatsNames.consumer(request.group(), lane);
    return calls
        .persist(() -> calls.consumerInfo(stream.name(), consumer))
        .exceptionallyCompose(failure -> missing(failure)
            ? create(stream, request, lane, startOf(request.start()))
            : CompletableFuture.failedFuture(failure))
        .thenAccept(info -> check(stream, lane, info.getConsumerConfiguration()));
  }

  /**
   * Looks at a consumer that may be somebody else's.
   *
   * @throws DriverException if lanes cannot work with it
   */
  private static void check(TopicStream stream, int lane, ConsumerConfiguration found) {
    List<String> groups = found.getPriorityGroups();
    boolean fits = found.getAckPolicy() == AckPolicy.Explicit
        && found.getMaxDeliver() < 1
        && found.getPriorityPolicy() == PriorityPolicy.PinnedClient
        && groups != null
        && groups.contains(PIN_GROUP)
        && Set.copyOf(found.getFilterSubjects()).equals(Set.copyOf(filters(stream, lane)));
    if (!fits) {
      throw new DriverException(
          NatsError.TOPIC_MISFIT,
          "Consumer " + found.getName() + " of stream " + stream.name()
              + " exists and is not as the bus makes them: with explicit acks, the filter "
              + filters(stream, lane)
              + ", no max_deliver, and the priority policy pinned_client for"
              + " the group \"" + PIN_GROUP + "\". Rename the group, or remove the consumer.");
    }
  }

  private static boolean missing(Throwable failure) {
    return ServerCalls.cause(failure) instanceof ServerRefusal refusal
        && refusal.code() == ServerRefusal.CONSUMER_NOT_FOUND;
  }

  /** Creates one lane's consumer from a place in the stream. */
  CompletableFuture<io.nats.client.api.ConsumerInfo> create(
      TopicStream stream, JoinRequest request, int lane, ConsumerConfiguration.Builder start) {
    String consumer = NatsNames.consumer(request.group(), lane);
    String config = configure(start, stream, request, lane).toJson();
    return calls
        .persist(() -> calls.createConsumer(stream.name(), consumer, config))
        .exceptionallyCompose(failure -> {
          Throwable cause = ServerCalls.cause(failure);
          // Another member was first.
          return cause instanceof ServerRefusal refusal
                  && refusal.code() == ServerRefusal.CONSUMER_EXISTS
              ? calls.persist(() -> calls.consumerInfo(stream.name(), consumer))
              : CompletableFuture.failedFuture(cause);
        });
  }

  /** Where a consumer begins. */
  static ConsumerConfiguration.Builder startOf(StartAt start) {
    var builder = ConsumerConfiguration.builder();
    if (start instanceof StartAt.At at) {
      return builder
          .deliverPolicy(DeliverPolicy.ByStartTime)
          .startTime(at.time().atZone(ZoneOffset.UTC));
    }
    return builder.deliverPolicy(
        start instanceof StartAt.Latest ? DeliverPolicy.New : DeliverPolicy.All);
  }

  private static ConsumerConfiguration configure(
      ConsumerConfiguration.Builder builder, TopicStream stream, JoinRequest request, int lane) {
    boolean durable = request.kind() == JoinRequest.GroupKind.DURABLE;
    String name = NatsNames.consumer(request.group(), lane);
    builder
        .name(name)
        .description("Lane " + lane + " of group " + request.group())
        .filterSubjects(filters(stream, lane))
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(ACK_WAIT)
        .maxAckPending(MOST_UNACKED)
        .maxDeliver(-1)
        .replayPolicy(ReplayPolicy.Instant)
        .priorityPolicy(PriorityPolicy.PinnedClient)
        .priorityGroups(PIN_GROUP)
        .priorityTimeout(PIN);
    if (durable) {
      builder.durable(name).metadata(Map.of(GROUP, request.group()));
    } else {
      builder.inactiveThreshold(UNUSED);
    }
    return builder.build();
  }

  /** What raw clients publish to the bare subject has no key and goes to lane 0. */
  private static List<String> filters(TopicStream stream, int lane) {
    String stored = NatsNames.laneFilter(stream.topic(), stream.lanes(), lane);
    return lane == 0 ? List.of(NatsNames.subject(stream.topic()), stored) : List.of(stored);
  }
}
