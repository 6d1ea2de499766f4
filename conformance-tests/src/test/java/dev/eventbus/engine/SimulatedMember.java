package dev.eventbus.engine;

import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.Handler;
import dev.eventbus.Profile;
import dev.eventbus.RejectEvent;
import dev.eventbus.RetryLater;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.SubscriptionListener;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.JoinRequest.GroupKind;
import dev.eventbus.spi.LaneCount;
import dev.eventbus.spi.TopicRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The engine in one simulated process, with handlers that fail, hang about and kill. */
final class SimulatedMember implements SubscriptionListener {

  static final String TOPIC = "t";
  static final String GROUP = "g";

  private final VirtualTime time;
  private final ModelPlan plan;
  private final VirtualProcess process;
  private final Recorder recorder;
  private final SubscriptionLoop loop;
  private final Runnable died;
  private boolean paused;

  SimulatedMember(ModelBroker broker, VirtualProcess process, Runnable died) {
    this.time = broker.time();
    this.plan = broker.plan();
    this.process = process;
    this.recorder = process.recorder();
    this.died = died;
    var options = options(plan).withListener(this);
    var driver = new ModelDriver(broker, process);
    var spec = new SubscriptionSpec(TOPIC, GROUP, GroupKind.DURABLE, options, Profile.RELIABLE);
    this.loop =
        new SubscriptionLoop(spec, Handler.async(this::handle), driver, process, new SuspectTurn());
    var request = new JoinRequest(
        new TopicRequest(TOPIC, LaneCount.advised()),
        GROUP,
        GroupKind.DURABLE,
        options.start(),
        options.lease());
    recorder.add(
        at -> new HistoryEvent.MemberStarted(at, TOPIC, GROUP, HistoryEvent.HandlerKind.ASYNC));
    loop.joined(driver.join(request, new PostingObserver(loop)));
  }

  static SubscribeOptions options(ModelPlan plan) {
    return SubscribeOptions.defaults()
        .withConcurrency(plan.concurrency())
        .withMaxInFlight(plan.maxInFlight())
        .withMaxSpan(plan.maxSpan())
        .withLease(Duration.ofNanos(plan.leaseNanos()));
  }

  VirtualProcess process() {
    return process;
  }

  /** A pause during a pause does nothing, so that each resume ends its own. */
  void pauseFor(long nanos) {
    if (paused) {
      return;
    }
    paused = true;
    call(HistoryEvent.Call.PAUSE, HistoryEvent.Phase.CALLED);
    var ignored = loop.pause().thenRun(() -> {
      call(HistoryEvent.Call.PAUSE, HistoryEvent.Phase.RETURNED);
      process.in(nanos, () -> {
        call(HistoryEvent.Call.RESUME, HistoryEvent.Phase.CALLED);
        loop.resume();
        paused = false;
        call(HistoryEvent.Call.RESUME, HistoryEvent.Phase.RETURNED);
      });
    });
  }

  CompletableFuture<Void> close() {
    call(HistoryEvent.Call.CLOSE, HistoryEvent.Phase.CALLED);
    return loop.close().thenRun(() -> call(HistoryEvent.Call.CLOSE, HistoryEvent.Phase.RETURNED));
  }

  private void call(HistoryEvent.Call call, HistoryEvent.Phase phase) {
    recorder.add(at -> new HistoryEvent.MemberCall(at, call, phase));
  }

  private CompletionStage<?> handle(Delivery delivery) {
    Event event = delivery.event();
    EventRef ref = reference(event);
    var run = recorder.started(
        GROUP,
        ref,
        delivery.attempt(),
        new Recorder.LaneRef(delivery.lane(), delivery.fence()),
        delivery.redelivered(),
        digest(event));
    var done = new CompletableFuture<Void>();
    if (event.headers().containsKey("poison")) {
      recorder.add(at -> new HistoryEvent.ProcessHalts(at, ref));
      process.kill();
      died.run();
      return done;
    }
    long length = time.chance(0.02) ? time.between(0, 4_000_000_000L) : time.between(0, 40_000_000);
    process.in(length, () -> end(run, done));
    return done;
  }

  private void end(HistoryEvent.HandlerStarted run, CompletableFuture<Void> done) {
    if (!time.chance(plan.failures())) {
      recorder.ended(run, Outcome.OK, 0, "");
      done.complete(null);
    } else if (time.chance(0.1)) {
      recorder.ended(run, Outcome.REJECTED, 0, "rejected");
      done.completeExceptionally(new RejectEvent("rejected"));
    } else if (time.chance(0.3)) {
      Duration delay = Duration.ofMillis(time.between(0, 700));
      recorder.ended(run, Outcome.RETRY_LATER, delay.toNanos(), "later");
      done.completeExceptionally(new RetryLater(delay));
    } else {
      recorder.ended(run, Outcome.FAILED, 0, "failed");
      done.completeExceptionally(new IllegalStateException("failed"));
    }
  }

  static EventRef reference(Event event) {
    String number = event.headers().getOrDefault("number", "0");
    return new EventRef(TOPIC, event.key(), Long.parseLong(number), event.id());
  }

  static long digest(Event event) {
    return event.id().hashCode() * 31L + event.text().hashCode();
  }

  @Override
  public void deadLettered(String topic, int lane, @Nullable Event event, String reason) {
    if (event != null) {
      recorder.add(at -> new HistoryEvent.DeadLettered(at, GROUP, reference(event), reason));
    }
  }

  @Override
  public void laneGranted(String topic, int lane, long fence) {
    recorder.add(at -> new HistoryEvent.LaneGranted(at, topic, GROUP, lane, fence));
  }

  @Override
  public void laneLost(String topic, int lane, String reason) {
    recorder.add(at -> new HistoryEvent.LaneLost(at, topic, GROUP, lane, reason));
  }
}
