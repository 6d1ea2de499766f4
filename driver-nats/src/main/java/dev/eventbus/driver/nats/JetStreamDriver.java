package dev.eventbus.driver.nats;

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
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.NUID;
import java.util.concurrent.CompletionStage;

/** The reliable profile: lanes on JetStream. */
final class JetStreamDriver implements Driver {

  private static final int RECORD_LENGTH = 4_000;

  private final JetStreamParts parts;
  private final JetStreamManagement management;
  private final Capabilities capabilities;
  private final Outbound outbound;
  private volatile boolean closed;

  JetStreamDriver(JetStreamParts parts, JetStreamManagement management, Capabilities capabilities) {
    this.parts = parts;
    this.management = management;
    this.capabilities = capabilities;
    outbound = new Outbound(parts.calls());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public DriverTraits traits() {
    return new DriverTraits(DriverTraits.SettledAhead.BROKER, RECORD_LENGTH);
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    return parts
        .streams()
        .open(topic)
        .thenApply(stream -> new StreamWriter(
            parts.connection(), parts.calls(), outbound, parts.generations(), stream));
  }

  @Override
  public Membership join(JoinRequest request, LaneObserver observer) {
    if (closed) {
      throw new DriverException(NatsError.CLOSED, "The NATS driver has been closed.");
    }
    TopicStream stream = Blocking.get(
        parts.streams().open(request.topic()), "topic \"" + request.topic().name() + "\"");
    Blocking.get(
        parts.consumers().ensure(stream, request),
        "group \"" + request.group() + "\" of topic \"" + stream.topic() + "\"");
    if (request.kind() == JoinRequest.GroupKind.EPHEMERAL) {
      var member = new BroadcastMember(parts, stream, request, observer);
      parts.members().add(member);
      member.start();
      return member;
    }
    var member = new GroupMember(NUID.nextGlobal(), parts, stream, request, observer);
    parts.members().add(member);
    member.start();
    return member;
  }

  @Override
  public TopicAdmin admin() {
    return new JetStreamAdmin(parts, management);
  }

  @Override
  public Health health() {
    Connection.Status status = parts.connection().getStatus();
    return status == Connection.Status.CONNECTED
        ? Health.up("nats")
        : Health.down("nats", "the connection to nats-server is " + status);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    parts.members().clear();
    parts.timer().shutdownNow();
    Closing.close(parts.connection());
  }
}
