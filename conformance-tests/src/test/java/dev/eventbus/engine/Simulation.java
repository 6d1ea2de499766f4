package dev.eventbus.engine;

import dev.eventbus.ConnectOptions;
import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.PublishException;
import dev.eventbus.conformance.history.Checker;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.Expectations;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistorySink;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.spi.LaneCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** One seeded schedule of publishes, handlers, faults and their healing, and its history. */
final class Simulation {

  private static final long MILLI = 1_000_000;
  private static final long LOAD_NANOS = 3_000 * MILLI;
  private static final long PATIENCE_NANOS = 600_000 * MILLI;

  private final List<HistoryEvent> history = new ArrayList<>();
  private final HistorySink sink = history::add;
  private final List<SimulatedMember> members = new ArrayList<>();
  private final List<CompletableFuture<Void>> closes = new ArrayList<>();
  private final VirtualTime time;
  private final ModelPlan plan;
  private final ModelBroker broker;
  private final Recorder world;
  private long nextPid = 100;
  private int unhealed;
  private int unanswered;

  Simulation(long seed) {
    this.time = new VirtualTime(new SplittableRandom(seed));
    this.plan = ModelPlan.draw(time);
    this.broker = new ModelBroker(time, plan, SimulatedMember.TOPIC);
    this.world = new Recorder("world", 1, time::nanos, sink);
  }

  ModelPlan plan() {
    return plan;
  }

  List<HistoryEvent> history() {
    return history;
  }

  Verdict run() {
    for (int i = 0; i < plan.members(); i++) {
      startMember();
    }
    publishAll();
    planFaults();
    long limit = time.nanos() + LOAD_NANOS + PATIENCE_NANOS;
    while (!isDone()) {
      if (!time.step(limit)) {
        world.add(at -> new HistoryEvent.GaveUp(at, "events are left"));
        break;
      }
    }
    members.forEach(member -> closes.add(member.close()));
    long closeLimit = time.nanos() + PATIENCE_NANOS;
    while (!closes.stream().allMatch(CompletableFuture::isDone)) {
      if (!time.step(closeLimit)) {
        throw new AssertionError("a member did not close");
      }
    }
    readDeadLetters();
    return Checker.check(
        history,
        Expectations.of(SimulatedMember.options(plan))
            .withStallLimit(Duration.ofNanos(plan.leaseNanos()).plusSeconds(60))
            .withDeadLettersOf(Set.of(SimulatedMember.GROUP)));
  }

  private boolean isDone() {
    return unanswered == 0 && unhealed == 0 && time.nanos() > LOAD_NANOS && broker.isDrained();
  }

  // ---- load

  private void publishAll() {
    var process = new VirtualProcess(time, "publisher", 2, sink);
    var options = ConnectOptions.defaults()
        .withMaxPendingPublishes(1_000_000)
        .withPublishTimeout(Duration.ofSeconds(time.between(1, 10)));
    var publishing = new Publishing(
        new ModelDriver(broker, process), process, options, LaneCount.advised(), "p");
    long[] numbers = new long[plan.keys() + 1];
    int poison = plan.poison() == 0 ? -1 : (int) time.between(0, plan.events() - 1);
    long at = 0;
    for (int i = 0; i < plan.events(); i++) {
      int key = (int) time.between(0, plan.keys());
      long number = ++numbers[key];
      var event = Event.builder()
          .id("e" + i)
          .key(key == 0 ? null : "k" + key)
          .header("number", Long.toString(number))
          .payload("payload " + i);
      if (i == poison) {
        event.header("poison", "true");
      }
      at += time.chance(0.7) ? 1 : time.between(1, 2 * LOAD_NANOS / plan.events());
      unanswered++;
      process.in(at, () -> publish(publishing, process.recorder(), event.build()));
    }
  }

  private void publish(Publishing publishing, Recorder recorder, Event event) {
    EventRef ref = SimulatedMember.reference(event);
    recorder.add(
        stamp -> new HistoryEvent.PublishCalled(stamp, ref, SimulatedMember.digest(event)));
    var answered = publishing
        .publish(SimulatedMember.TOPIC, event, Duration.ZERO)
        .whenComplete((stored, error) -> {
          unanswered--;
          recorder.add(stamp -> {
            if (error == null) {
              return new HistoryEvent.PublishOk(stamp, ref, stored.lane(), stored.position());
            }
            boolean unknown = ((PublishException) Failures.unwrapped(error)).outcome()
                == PublishException.Outcome.UNKNOWN;
            String why = String.valueOf(error.getMessage());
            return unknown
                ? new HistoryEvent.PublishUnknown(stamp, ref, why)
                : new HistoryEvent.PublishFailed(stamp, ref, why);
          });
        });
    if (answered.isCancelled()) {
      throw new AssertionError("nobody cancels");
    }
  }

  private void readDeadLetters() {
    String topic = new DeadLetterTopic(SimulatedMember.TOPIC, SimulatedMember.GROUP).name();
    for (ModelLog log : broker.logs(topic)) {
      for (ModelLog.Stored stored : log.events()) {
        Event letter = stored.event();
        world.add(at -> new HistoryEvent.DeadLetterSeen(
            at,
            SimulatedMember.GROUP,
            SimulatedMember.reference(letter),
            letter.headers().getOrDefault(DeadLetterHeaders.REASON, ""),
            Integer.parseInt(letter.headers().getOrDefault(DeadLetterHeaders.ATTEMPTS, "0")),
            SimulatedMember.digest(letter)));
      }
    }
  }

  // ---- faults

  private void planFaults() {
    int faults = (int) time.between(0, 5);
    for (int i = 0; i < faults; i++) {
      unhealed++;
      time.in(time.between(0, LOAD_NANOS), null, this::fault);
    }
  }

  private void fault() {
    List<SimulatedMember> running =
        members.stream().filter(member -> member.process().isRunning()).toList();
    if (running.isEmpty()) {
      healed();
      return;
    }
    SimulatedMember victim = running.get((int) time.between(0, running.size() - 1));
    switch ((int) time.between(0, 6)) {
      case 0, 1 -> {
        world.add(at -> new HistoryEvent.ProcessKilled(at, victim.process().pid()));
        victim.process().kill();
        unhealed++;
        gone(victim);
        healed();
      }
      case 2 -> suspend(victim);
      case 3 -> {
        members.remove(victim);
        closes.add(victim.close());
        startMember();
        healed();
      }
      case 4 -> {
        victim.pauseFor(time.between(0, 2 * plan.leaseNanos()));
        healed();
      }
      case 5 -> {
        broker.revokeOne();
        healed();
      }
      default -> {
        long away = time.between(0, 2 * plan.leaseNanos());
        broker.goAway(away);
        world.add(at -> new HistoryEvent.BrokerFault(at, HistoryEvent.BrokerEvent.AWAY, "cut off"));
        time.in(away, null, () -> {
          world.add(at -> new HistoryEvent.BrokerFault(at, HistoryEvent.BrokerEvent.BACK, ""));
          healed();
        });
      }
    }
  }

  private void suspend(SimulatedMember victim) {
    world.add(at -> new HistoryEvent.ProcessSuspended(at, victim.process().pid()));
    victim.process().suspend();
    time.in(time.between(MILLI, 3 * plan.leaseNanos()), null, () -> {
      if (victim.process().isAlive()) {
        world.add(at -> new HistoryEvent.ProcessContinued(at, victim.process().pid()));
        victim.process().resume();
      }
      healed();
    });
  }

  private void healed() {
    unhealed--;
  }

  /** A process is dead; another one takes its place. */
  private void gone(SimulatedMember dead) {
    members.remove(dead);
    time.in(
        time.between(MILLI, 50 * MILLI),
        null,
        () -> world.add(at -> new HistoryEvent.ProcessGone(at, dead.process().pid(), 137)));
    time.in(time.between(50 * MILLI, 800 * MILLI), null, () -> {
      startMember();
      healed();
    });
  }

  private void startMember() {
    long pid = nextPid++;
    var process = new VirtualProcess(time, "m" + pid, pid, sink);
    var self = new SimulatedMember[1];
    var member = new SimulatedMember(broker, process, () -> {
      unhealed++;
      gone(self[0]);
    });
    self[0] = member;
    members.add(member);
  }
}
