package dev.eventbus.driver.nats;

import dev.eventbus.Capabilities;
import dev.eventbus.DriverException;
import dev.eventbus.Durability;
import dev.eventbus.Profile;
import dev.eventbus.spi.MonotonicClock;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Nats;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Opens the reliable profile: connects, looks at what the server can, and makes the bucket. */
final class JetStreamOpening {

  /** The first release with pinned clients and with messages that end by themselves. */
  private static final String OLDEST = "2.11.0";

  /** The first release that holds messages back. */
  private static final String SCHEDULES = "2.12.0";

  /** Dead letters are larger than their originals by up to this, and must fit too. */
  private static final int ROOM_FOR_DEAD_LETTERS = 8 << 10;

  private static final int NOT_ENABLED_FOR_ACCOUNT = 10039;
  private static final int NOT_ENABLED = 10076;

  private final NatsConfig config;
  private final MonotonicClock clock;
  private final Set<Member> members = ConcurrentHashMap.newKeySet();
  private final Denials denials = new Denials();

  JetStreamOpening(NatsConfig config, MonotonicClock clock) {
    this.config = config;
    this.clock = clock;
  }

  JetStreamDriver open() {
    Connection connection = new NatsConnector(config).connect(hooks());
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
      var thread = new Thread(task, "eventbus-nats-timer");
      thread.setDaemon(true);
      return thread;
    });
    try {
      return open(connection, timer);
    } catch (RuntimeException | IOException failed) {
      timer.shutdownNow();
      Closing.close(connection);
      throw Refusals.explained("JetStream", failed);
    }
  }

  private NatsHooks hooks() {
    return new NatsHooks(
        "eventbus",
        new ConnectionEvents(members),
        new ConnectionErrors(this::denied),
        builder -> builder.reportNoResponders().useTimeoutException());
  }

  private void denied(Denial denial) {
    denials.heard(denial);
    members.forEach(member -> member.denied(denial));
  }

  private JetStreamDriver open(Connection connection, ScheduledExecutorService timer)
      throws IOException {
    ServerInfo server = connection.getServerInfo();
    checkVersion(server);
    var calls = new ServerCalls(connection, timer, clock, denials);
    checkJetStream(server, calls);
    var ledger = new Ledger(calls);
    makeBucket(calls);
    boolean schedules = server.isSameOrNewerThanVersion(SCHEDULES);
    var shape = new StreamShape(
        config.topics(),
        schedules ? StreamShape.Schedules.OFFERED : StreamShape.Schedules.NOT_OFFERED);
    var parts = new JetStreamParts(
        connection,
        calls,
        new Arrivals(connection),
        timer,
        new TopicStreams(calls, shape),
        new LaneConsumers(calls),
        ledger,
        new Generations(),
        members,
        config.timing().reconnectWait());
    return new JetStreamDriver(
        parts, connection.jetStreamManagement(), capabilities(server, schedules));
  }

  static void checkVersion(ServerInfo server) {
    if (!server.isSameOrNewerThanVersion(OLDEST)) {
      throw new DriverException(
          NatsError.TOO_OLD,
          "nats-server " + server.getVersion() + " is too old: the bus needs " + OLDEST
              + " or later for JetStream. Upgrade it, or set NATS_USE_JETSTREAM=false for the"
              + " realtime profile.");
    }
  }

  private static void checkJetStream(ServerInfo server, ServerCalls calls) {
    if (!server.isJetStreamAvailable() && server.getCluster() == null) {
      throw noJetStream(null);
    }
    try {
      Blocking.get(
          calls.persist(() -> calls.ask("$JS.API.INFO", "").thenApply(answer -> {
            PlainReply.check(answer);
            return answer;
          })),
          "JetStream");
    } catch (DriverException failed) {
      if (saysOff(failed.getCause())) {
        throw noJetStream(failed.getCause());
      }
      throw failed;
    }
  }

  private static DriverException noJetStream(@Nullable Throwable cause) {
    return new DriverException(
        NatsError.NO_JETSTREAM,
        "nats-server has no JetStream for this account. Start it with -js and allow it for the"
            + " account; or set NATS_USE_JETSTREAM=false for the realtime profile, in which"
            + " events are delivered at most once.",
        cause);
  }

  private static boolean saysOff(@Nullable Throwable cause) {
    return cause instanceof JetStreamStatusException
        || (cause instanceof ServerRefusal refusal
            && (refusal.code() == NOT_ENABLED_FOR_ACCOUNT || refusal.code() == NOT_ENABLED));
  }

  private void makeBucket(ServerCalls calls) {
    TopicPolicy policy = config.topics();
    String bucket = Ledger.bucket(policy.replicasOrDefault(), StorageType.File);
    CompletableFuture<?> made = calls
        .persist(() -> calls.streamInfo(Ledger.STREAM))
        .exceptionallyCompose(failure ->
            ServerCalls.cause(failure) instanceof ServerRefusal refusal && refusal.notFound()
                ? calls.persist(() -> calls.createStream(Ledger.STREAM, bucket))
                : CompletableFuture.failedFuture(failure))
        .exceptionallyCompose(failure -> ServerCalls.cause(failure) instanceof ServerRefusal refusal
                && refusal.code() == ServerRefusal.STREAM_EXISTS
            ? calls.persist(() -> calls.streamInfo(Ledger.STREAM))
            : CompletableFuture.failedFuture(failure));
    Blocking.get(made, "the bucket \"" + Ledger.BUCKET + "\"");
  }

  private Capabilities capabilities(ServerInfo server, boolean schedules) {
    Map<String, String> notOffered = new HashMap<>();
    if (!schedules) {
      notOffered.put("P9", "nats-server " + SCHEDULES + " or later holds events back");
    }
    return new Capabilities(
        NatsProvider.ID,
        "nats-server " + server.getVersion(),
        "jnats " + Nats.CLIENT_VERSION,
        Profile.RELIABLE,
        durability(),
        server.getMaxPayload() - ROOM_FOR_DEAD_LETTERS,
        "max_payload of nats-server, less 8 KiB for dead letters",
        notOffered);
  }

  /** The server does not tell its clients how often it syncs to disk. */
  private Durability durability() {
    TopicPolicy policy = config.topics();
    if (policy.replicasOrDefault() > 1) {
      return Durability.REPLICATED;
    }
    return policy.storageOrDefault() == StorageType.Memory
        ? Durability.PROCESS_MEMORY
        : Durability.PROCESS_CRASH;
  }
}
