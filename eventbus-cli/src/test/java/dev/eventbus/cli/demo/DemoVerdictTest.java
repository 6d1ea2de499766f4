package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.cli.Json;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import dev.eventbus.conformance.history.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Judges histories written by hand. */
class DemoVerdictTest {

  private static final DemoPlan PLAN = DemoPlan.of(3, 100, 10);
  private static final DemoTopic TOPIC = new DemoTopic("demo");
  private static final int ATTEMPTS = 3;

  private final List<HistoryEvent> history = new ArrayList<>();
  private long now;
  private long pid = 100;
  private Recorder member = restarted();
  private final Recorder conductor = recorder("conductor", 1);

  @Test
  void whatWasPlannedHolds() {
    play(-1);

    var verdict = DemoVerdict.of(PLAN, history);

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.line())
        .isEqualTo("100 events · 10 keys · 2 members · 1 kill -9 · 1 poison: "
            + "0 lost, 0 out of order, 0 overlapping, 1 dead-lettered, 0 repeated");
    assertThat(Json.line(verdict.json()))
        .startsWith(
            "{\"events\":100,\"keys\":10,\"kills\":1,\"poison\":1,\"lost\":0,\"outOfOrder\":0,"
                + "\"overlapping\":0,\"deadLettered\":1,\"repeated\":0,\"verdict\":\"holds\"");
  }

  @Test
  void aKilledLeaderIsTold() {
    play(-1);
    var plan = PLAN.withLeaderKilled();
    assertThat(DemoVerdict.of(plan, history).holds()).isFalse();

    conductor.add(at -> new HistoryEvent.BrokerFault(at, BrokerEvent.KILLED, "n1"));
    conductor.add(at -> new HistoryEvent.BrokerFault(at, BrokerEvent.BACK, "n1"));

    var verdict = DemoVerdict.of(plan, history);
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.line()).contains(" · 1 kill -9 · leader killed · 1 poison: ");
  }

  @Test
  void aLostEventIsTold() {
    play(PLAN.events() - 1);

    var verdict = DemoVerdict.of(PLAN, history);

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.line()).contains(": 1 lost, ");
    assertThat(verdict.json().path("verdict").asText()).isEqualTo("broken");
    assertThat(verdict.broken()).anySatisfy(text -> assertThat(text).contains("LOST"));
  }

  @Test
  void aDemoWithoutItsKillDoesNotHold() {
    play(-1);
    history.removeIf(HistoryEvent.ProcessKilled.class::isInstance);

    assertThat(DemoVerdict.of(PLAN, history).holds()).isFalse();
  }

  @Test
  void aDemoThatGaveUpDoesNotHold() {
    play(-1);
    conductor.add(at -> new HistoryEvent.GaveUp(at, "too slow"));

    assertThat(DemoVerdict.of(PLAN, history).broken()).contains("gave up: too slow");
  }

  private void play(int lost) {
    for (int number = 0; number < PLAN.events(); number++) {
      var event = DemoTopic.event(PLAN, number).build();
      var ref = new EventRef(TOPIC.name(), event.key(), PLAN.numberInKey(number), event.id());
      long digest = 1000L + number;
      conductor.add(at -> new HistoryEvent.PublishCalled(at, ref, digest));
      int position = number;
      conductor.add(at -> new HistoryEvent.PublishOk(at, ref, 0, Integer.toString(position)));
      if (number == PLAN.poison()) {
        poison(ref, digest);
      } else if (number != lost) {
        handle(ref, digest, number);
      }
      if (number == PLAN.killAfter()) {
        long killed = pid;
        conductor.add(at -> new HistoryEvent.ProcessKilled(at, killed));
        gone(killed);
      }
    }
  }

  private void handle(EventRef ref, long digest, int number) {
    int last = number == PLAN.flaky() ? ATTEMPTS : 1;
    for (int attempt = 1; attempt <= last; attempt++) {
      var run = started(ref, attempt, digest);
      now += TimeUnit.MILLISECONDS.toNanos(1);
      member.ended(run, attempt == last ? Outcome.OK : Outcome.FAILED, 0, "");
      now += TimeUnit.MILLISECONDS.toNanos(attempt == last ? 1 : 300L * attempt);
    }
  }

  private void poison(EventRef ref, long digest) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      started(ref, attempt, digest);
      member.add(at -> new HistoryEvent.ProcessHalts(at, ref));
      gone(pid);
    }
    member.add(at -> new HistoryEvent.DeadLettered(at, DemoTopic.GROUP, ref, "crashed"));
    conductor.add(at ->
        new HistoryEvent.DeadLetterSeen(at, DemoTopic.GROUP, ref, "crashed", ATTEMPTS, digest));
  }

  private HistoryEvent.HandlerStarted started(EventRef ref, int attempt, long digest) {
    return member.started(
        DemoTopic.GROUP, ref, attempt, new Recorder.LaneRef(0, pid), attempt > 1, digest);
  }

  private void gone(long dead) {
    conductor.add(at -> new HistoryEvent.ProcessGone(at, dead, 137));
    member = restarted();
  }

  private Recorder restarted() {
    pid++;
    var fresh = recorder("member-1", pid);
    fresh.add(at ->
        new HistoryEvent.MemberStarted(at, TOPIC.name(), DemoTopic.GROUP, HandlerKind.BLOCKING));
    return fresh;
  }

  private Recorder recorder(String name, long process) {
    return new Recorder(name, process, () -> now += 1000, history::add);
  }
}
