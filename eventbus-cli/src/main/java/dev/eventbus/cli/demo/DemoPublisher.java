package dev.eventbus.cli.demo;

import dev.eventbus.conformance.member.RecordingPublisher;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes the plan's events at an even pace, and each of the last parts only after a kill. */
final class DemoPublisher implements Callable<@Nullable Void> {

  private static final double SLOWEST_PER_SECOND = 1250;
  private static final double LONGEST_SECONDS = 8;

  private final DemoPlan plan;
  private final RecordingPublisher publisher;
  private final double perSecond;
  private final CountDownLatch memberKilled = new CountDownLatch(1);
  private final CountDownLatch leaderKilled = new CountDownLatch(1);

  DemoPublisher(DemoPlan plan, RecordingPublisher publisher) {
    this.plan = plan;
    this.publisher = publisher;
    this.perSecond = Math.max(SLOWEST_PER_SECOND, plan.events() / LONGEST_SECONDS);
  }

  /** The member is killed: more may be published. */
  void memberKilled() {
    memberKilled.countDown();
  }

  /** The broker's leader is killed, or is not to be: the rest may be published. */
  void leaderKilled() {
    leaderKilled.countDown();
  }

  /** Publishes all; the answers come later and are recorded. */
  @Override
  public @Nullable Void call() throws InterruptedException {
    long start = System.nanoTime();
    for (int number = 0; number < plan.events(); number++) {
      if (number == plan.publishedBeforeKill()) {
        memberKilled.await();
      }
      if (number == plan.publishedBeforeLeaderKill()) {
        leaderKilled.await();
      }
      long due = start + (long) (number / perSecond * 1e9);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      var unused = publisher.publish(DemoTopic.event(plan, number), DemoTopic.script(plan, number));
    }
    return null;
  }
}
