package dev.eventbus.cli.demo;

import dev.eventbus.EventBus;
import dev.eventbus.PublishException;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.Recorder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes the plan's events at an even pace, and the last part only after the kill. */
final class DemoPublisher {

  private static final double SLOWEST_PER_SECOND = 1250;
  private static final double LONGEST_SECONDS = 8;

  private final DemoPlan plan;
  private final DemoTopic topic;
  private final EventBus bus;
  private final Recorder recorder;
  private final double perSecond;
  private final CountDownLatch killed = new CountDownLatch(1);

  DemoPublisher(DemoPlan plan, DemoTopic topic, EventBus bus, Recorder recorder) {
    this.plan = plan;
    this.topic = topic;
    this.bus = bus;
    this.recorder = recorder;
    this.perSecond = Math.max(SLOWEST_PER_SECOND, plan.events() / LONGEST_SECONDS);
  }

  /** The kill has happened: the rest may be published. */
  void killed() {
    killed.countDown();
  }

  /** Publishes all; answers come later and are recorded. */
  void run() throws InterruptedException {
    long start = System.nanoTime();
    for (int number = 0; number < plan.events(); number++) {
      if (number == plan.publishedBeforeKill()) {
        killed.await();
      }
      long due = start + (long) (number / perSecond * 1e9);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      publish(number);
    }
  }

  private void publish(int number) {
    var event = topic.event(plan, number);
    EventRef ref = topic.ref(event);
    recorder.add(at -> new HistoryEvent.PublishCalled(at, ref, DemoTopic.digest(event)));
    var unused = bus.publish(topic.name(), event).whenComplete((stored, failure) -> {
      if (failure == null) {
        recorder.add(at -> new HistoryEvent.PublishOk(at, ref, stored.lane(), stored.position()));
      } else {
        failed(ref, failure);
      }
    });
  }

  private void failed(EventRef ref, @Nullable Throwable failure) {
    String why = String.valueOf(failure);
    boolean notStored = !(failure instanceof PublishException told)
        || told.outcome() == PublishException.Outcome.NOT_STORED;
    recorder.add(at -> notStored
        ? new HistoryEvent.PublishFailed(at, ref, why)
        : new HistoryEvent.PublishUnknown(at, ref, why));
  }
}
