package dev.eventbus.cli.demo;

import dev.eventbus.Delivery;
import dev.eventbus.Handler;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.HistoryEvent.ProcessHalts;
import dev.eventbus.conformance.history.Recorder;
import java.util.concurrent.locks.LockSupport;

/** Handles an event as the plan says, and records when it began and how it ended. */
final class DemoHandler implements Handler {

  /** As if killed by a signal, so that nothing gets a chance to clean up. */
  static final int HALTED = 137;

  private static final int FAILING_ATTEMPTS = 2;
  private static final long WORK_NANOS = 200_000;

  private final DemoPlan plan;
  private final DemoTopic topic;
  private final Recorder recorder;

  DemoHandler(DemoPlan plan, DemoTopic topic, Recorder recorder) {
    this.plan = plan;
    this.topic = topic;
    this.recorder = recorder;
  }

  @Override
  public void handle(Delivery delivery) {
    var event = delivery.event();
    EventRef ref = topic.ref(event);
    var lane = new Recorder.LaneRef(delivery.lane(), delivery.fence());
    var run = recorder.started(
        delivery.group(),
        ref,
        delivery.attempt(),
        lane,
        delivery.redelivered(),
        DemoTopic.digest(event));
    int number = DemoTopic.number(event.id());
    if (number == plan.poison()) {
      recorder.add(at -> new ProcessHalts(at, ref));
      Runtime.getRuntime().halt(HALTED);
    }
    if (number == plan.flaky() && delivery.attempt() <= FAILING_ATTEMPTS) {
      recorder.ended(run, Outcome.FAILED, 0, "planned");
      throw new IllegalStateException("this attempt fails as planned");
    }
    LockSupport.parkNanos(WORK_NANOS);
    recorder.ended(run, Outcome.OK, 0, "");
  }
}
