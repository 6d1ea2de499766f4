package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.history.HistoryEvent.LaneGranted;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.workload.FaultPlan.Planned;
import dev.eventbus.conformance.workload.FaultPlan.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Carries a plan out, a little with each call, while the workload waits for its end. One thread. */
final class FaultRun implements Runnable {

  /** Enough that every member has a backlog, few enough that faults meet work in progress. */
  private static final int MOST_UNSETTLED = 150;

  private static final int MOST_MEMBERS_STARTED = 60;

  private final Workload workload;
  private final Supervisor supervisor;
  private final Random random;
  private final Deque<Planned> events;
  private final Deque<Step> steps;
  private final long suspensionNanos;
  private final PlannedOutage outage;
  private final List<Suspension> suspensions = new ArrayList<>();
  private @Nullable Takeover takeover;

  private record Suspension(MemberProcess member, long until) {}

  /** The next member that is granted a lane is killed. */
  private record Takeover(long since) {}

  FaultRun(Workload workload, FaultPlan plan) {
    this.workload = workload;
    this.outage = new PlannedOutage(workload.broker(), workload.spec().topic());
    this.supervisor = new Supervisor(workload, plan.members(), MOST_MEMBERS_STARTED);
    this.random = new Random(plan.seed());
    this.events = new ArrayDeque<>(plan.events());
    this.steps = new ArrayDeque<>(plan.steps());
    this.suspensionNanos = workload.spec().options().lease().toNanos() * 3 / 2;
  }

  boolean published() {
    return events.isEmpty();
  }

  @Override
  public void run() {
    while (!events.isEmpty() && workload.unsettled() < MOST_UNSETTLED) {
      Planned next = events.pop();
      workload.publish(next.key(), next.script());
    }
    if (!workload.broker().away()) {
      supervisor.run();
    }
    endSuspensions();
    killNewOwner();
    outage.run();
    if (!steps.isEmpty()
        && workload.history().settled() >= steps.peek().after()
        && isPossible(steps.peek().fault())) {
      perform(steps.pop().fault());
    }
  }

  /** While the broker is away nobody replaces members, and it cannot go away again. */
  private boolean isPossible(FaultPlan.Fault fault) {
    return fault.ofBroker() ? !outage.lasts() : !alive().isEmpty();
  }

  private List<MemberProcess> alive() {
    return supervisor.members().stream().filter(MemberProcess::isAlive).toList();
  }

  private void perform(FaultPlan.Fault fault) {
    workload.recorder().note("fault: " + fault);
    switch (fault) {
      case KILL -> any().kill();
      case KILL_ALL -> alive().forEach(MemberProcess::kill);
      case KILL_NEW_OWNER -> {
        any().kill();
        takeover = new Takeover(System.nanoTime());
      }
      case SUSPEND -> suspend(any());
      case CLOSE -> {
        MemberProcess leaving = any();
        if (suspensions.stream().noneMatch(each -> each.member == leaving)
            && leaving.awaitReadyOrGone()) {
          supervisor.letGo(leaving);
          leaving.beginClose();
        }
      }
      case JOIN -> supervisor.wantOneMore();
      default -> outage.begin(fault);
    }
  }

  private MemberProcess any() {
    List<MemberProcess> members = alive();
    return members.get(random.nextInt(members.size()));
  }

  private void suspend(MemberProcess member) {
    if (suspensions.stream().noneMatch(each -> each.member == member)) {
      member.suspend();
      suspensions.add(new Suspension(member, System.nanoTime() + suspensionNanos));
    }
  }

  private void endSuspensions() {
    suspensions.removeIf(each -> {
      boolean over = System.nanoTime() - each.until > 0;
      if (over && each.member.isAlive()) {
        each.member.proceed();
      }
      return over;
    });
  }

  /** Lets everything that is suspended go on, so that it can end. */
  void end() {
    suspensions.stream().map(Suspension::member).forEach(member -> {
      if (member.isAlive()) {
        member.proceed();
      }
    });
    suspensions.clear();
  }

  private void killNewOwner() {
    Takeover awaited = takeover;
    if (awaited == null) {
      return;
    }
    List<LaneGranted> granted = workload
        .history()
        .lines()
        .filter(LaneGranted.class::isInstance)
        .map(LaneGranted.class::cast)
        .filter(grant -> grant.at().nanos() > awaited.since)
        .toList();
    for (MemberProcess member : alive()) {
      if (granted.stream().anyMatch(grant -> grant.at().pid() == member.pid())) {
        takeover = null;
        member.kill();
        return;
      }
    }
  }
}
