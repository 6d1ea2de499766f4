package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.LaneObserver;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamState;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The lanes that one member owns or is about to. Belongs to the member's {@link Serial}. */
final class MemberLanes implements LaneOwner {

  private static final Duration BEFORE_SECOND_LOOK = Duration.ofSeconds(1);

  private final JetStreamParts parts;
  private final TopicStream stream;
  private final JoinRequest request;
  private final LaneObserver observer;
  private final Serial serial;
  private final LongSupplier lease;
  private final IntConsumer changed;
  private final SortedMap<Integer, LaneSession> sessions = new TreeMap<>();

  private @Nullable String trouble;
  private boolean closed;
  private boolean worked;

  /** {@code changed} is told of every lane that is owned or free from then on. */
  MemberLanes(
      JetStreamParts parts,
      TopicStream stream,
      JoinRequest request,
      LaneObserver observer,
      Serial serial,
      LongSupplier lease,
      IntConsumer changed) {
    this.parts = parts;
    this.stream = stream;
    this.request = request;
    this.observer = observer;
    this.serial = serial;
    this.lease = lease;
    this.changed = changed;
  }

  boolean has(int lane) {
    return sessions.containsKey(lane);
  }

  Set<Integer> owned() {
    return Set.copyOf(sessions.keySet());
  }

  int count() {
    return sessions.size();
  }

  void take(int lane, LaneBook book) {
    String consumer = NatsNames.consumer(request.group(), lane);
    var link = new LaneLink(parts.calls(), parts.arrivals(), stream, consumer);
    var session = new LaneSession(lane, link, book, serial, this);
    sessions.put(lane, session);
    session.begin();
  }

  /** Asks the engine to give up lanes, the highest first. */
  void revoke(int surplus, Set<Integer> asked) {
    int left = surplus;
    List<LaneSession> highestFirst = new ArrayList<>(sessions.values());
    Collections.reverse(highestFirst);
    for (LaneSession session : highestFirst) {
      if (left > 0 && session.isGranted() && asked.add(session.number())) {
        left--;
        observer.revoking(session);
      }
    }
  }

  void tick() {
    sessions.values().stream().toList().forEach(LaneSession::tick);
  }

  void checkTrimmed(StreamState state) {
    sessions.values().stream()
        .toList()
        .forEach(
            session -> session.checkTrimmed(state.getFirstSequence(), state.getLastSequence()));
  }

  /** The connection is there again. */
  void align() {
    sessions.values().stream().toList().forEach(LaneSession::align);
  }

  void alignAfterLapse(long endedAt) {
    sessions.values().stream().toList().forEach(session -> session.alignAfterLapse(endedAt));
  }

  /** Ends every ownership without a word to the server; true if there was any. */
  boolean abandon() {
    closed = true;
    boolean any = !sessions.isEmpty();
    sessions.values().forEach(LaneSession::abandon);
    sessions.clear();
    return any;
  }

  /** The membership works in part only. */
  void degraded(String why) {
    if (!why.equals(trouble) && !closed) {
      trouble = why;
      observer.degraded(why);
    }
  }

  /** The user may not do what the lanes need: fails what never worked, else may be mended. */
  void denied(DriverException why) {
    if (worked) {
      degraded(String.valueOf(why.getMessage()));
    } else {
      fail(why);
    }
  }

  /** Ends the membership. */
  void fail(DriverException why) {
    if (!closed) {
      abandon();
      observer.failed(why);
    }
  }

  @Override
  public LaneObserver observer() {
    return observer;
  }

  @Override
  public long leaseUntil() {
    return lease.getAsLong();
  }

  @Override
  public String newInbox() {
    return parts.newInbox();
  }

  @Override
  public void aligned(LaneSession lane, ZonedDateTime made) {
    worked = true;
    parts.generations().put(request.topic().name(), request.group(), lane.number(), made);
    changed.accept(lane.number());
    recoverIfAligned();
  }

  /** Says that trouble is over once no lane is waiting for the server. */
  void recoverIfAligned() {
    if (trouble != null && sessions.values().stream().allMatch(LaneSession::isOpen)) {
      trouble = null;
      observer.recovered();
    }
  }

  @Override
  public void released(LaneSession lane) {
    sessions.remove(lane.number(), lane);
    changed.accept(lane.number());
  }

  @Override
  public void lost(LaneSession lane, String why, boolean told) {
    sessions.remove(lane.number(), lane);
    if (told) {
      observer.lost(lane, why);
    }
    changed.accept(lane.number());
  }

  @Override
  public void trouble(LaneSession lane, Throwable cause) {
    degraded("Lane " + lane.number() + " waits for nats-server: " + cause.getMessage());
  }

  @Override
  public void gone(LaneSession lane, int code) {
    if (closed) {
      return;
    }
    if (request.kind() == JoinRequest.GroupKind.EPHEMERAL
        && code == ServerRefusal.CONSUMER_NOT_FOUND) {
      recreate(lane);
      return;
    }
    // Looks twice, since a server that starts may not know everything at once.
    parts.calls().later(BEFORE_SECOND_LOOK, () -> look(lane));
  }

  private void look(LaneSession lane) {
    String consumer = NatsNames.consumer(request.group(), lane.number());
    CompletableFuture<Boolean> same = parts
        .calls()
        .streamInfo(stream.name())
        .thenCompose(topic -> topic.getCreateTime().equals(stream.created())
            ? parts.calls().consumerInfo(stream.name(), consumer).thenApply(found -> true)
            : CompletableFuture.completedFuture(false));
    serial.after(
        same,
        isSame -> looked(lane, isSame ? 0 : ServerRefusal.STREAM_NOT_FOUND),
        failure -> looked(
            lane,
            failure instanceof ServerRefusal refusal && refusal.notFound() ? refusal.code() : 0));
  }

  private void looked(LaneSession lane, int missing) {
    if (closed || !has(lane.number())) {
      return;
    }
    if (missing == 0) {
      lane.align();
    } else {
      fail(missing == ServerRefusal.STREAM_NOT_FOUND ? topicGone() : groupGone());
    }
  }

  private DriverException topicGone() {
    return new DriverException(
        NatsError.TOPIC_GONE,
        "Topic \"" + request.topic().name() + "\" was deleted, or deleted and created again, while"
            + " group \"" + request.group() + "\" was working on it: its position is gone with it."
            + " Subscribe again to begin anew.");
  }

  private DriverException groupGone() {
    return new DriverException(
        NatsError.GROUP_GONE,
        "The consumers of group \"" + request.group() + "\" on topic \""
            + request.topic().name()
            + "\" were deleted while it was working: its position is gone with them. Subscribe"
            + " again to begin anew.");
  }

  /** The server forgets consumers that nobody uses for a while, as when this process was paused. */
  private void recreate(LaneSession lane) {
    var start = ConsumerConfiguration.builder()
        .deliverPolicy(DeliverPolicy.ByStartSequence)
        .startSequence(lane.passed() + 1);
    serial.after(
        parts.consumers().create(stream, request, lane.number(), start),
        created -> lane.align(),
        failure -> lane.align());
  }
}
