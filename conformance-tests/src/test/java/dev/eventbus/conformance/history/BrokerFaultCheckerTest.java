package dev.eventbus.conformance.history;

import static dev.eventbus.conformance.history.HistoryEvent.BrokerEvent.AWAY;
import static dev.eventbus.conformance.history.HistoryEvent.BrokerEvent.BACK;
import static dev.eventbus.conformance.history.HistoryEvent.BrokerEvent.KILLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a broker that goes away and comes back excuses, and what it does not. */
class BrokerFaultCheckerTest {

  private final HistoryScript script = new HistoryScript();
  private Expectations expectations = Expectations.of(
          SubscribeOptions.defaults().withLease(Duration.ofSeconds(2)))
      .withDeadLettersOf(Set.of(HistoryScript.GROUP));

  private Verdict verdict() {
    return Checker.check(script.lines(), expectations);
  }

  private void assertClean() {
    Verdict verdict = verdict();
    assertThat(verdict.clean()).as(verdict.toString()).isTrue();
  }

  private void assertOnly(Kind kind, Clause clause) {
    Verdict verdict = verdict();
    assertThat(verdict.counts()).as(verdict.toString()).containsOnlyKeys(kind);
    assertThat(verdict.broken()).as(verdict.toString()).containsExactly(clause);
  }

  private void assertFinds(Kind kind, Clause clause) {
    Verdict verdict = verdict();
    assertThat(verdict.findings())
        .as(verdict.toString())
        .anyMatch(finding -> finding.kind() == kind && finding.clause() == clause);
  }

  @Nested
  class Repeating {

    @Test
    void whatWasSettledJustBeforeAKillMayComeAgain() {
      script.publish("a", 1, 1).member("m").handle("m", "a", 1, 1).after(4_900).broker(KILLED);
      script.after(500).broker(BACK).handle("m", "a", 1, 1);
      assertClean();
      assertThat(verdict().seen().outages()).isEqualTo(1);
    }

    @Test
    void whatWasSettledLongBeforeAKillMayNot() {
      script.publish("a", 1, 1).member("m").handle("m", "a", 1, 1).after(5_100).broker(KILLED);
      script.after(500).broker(BACK).handle("m", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A8);
    }

    @Test
    void whatWasSettledBeforeAnOrderlyStopMayNot() {
      script.publish("a", 1, 1).member("m").handle("m", "a", 1, 1).broker(AWAY);
      script.after(500).broker(BACK).handle("m", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A7);
    }

    @Test
    void whatWasSettledWhileTheBrokerWasAwayMayNotAfterAHandOver() {
      script.publish("a", 1, 1).member("m").member("n");
      var run = script.start("m", "a", 1, 1);
      script.broker(AWAY).after(500).end(run).after(500).broker(BACK);
      script.call("m", Call.CLOSE).owns("n").handle("n", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A7);
    }

    @Test
    void whatAMemberSettledThatClosedWithoutTheBrokerMay() {
      script.publish("a", 1, 1).member("m").member("n");
      script.handle("m", "a", 1, 1).broker(AWAY).after(100).call("m", Call.CLOSE);
      script.after(500).broker(BACK).owns("n").handle("n", "a", 1, 1);
      assertClean();
    }

    @Test
    void whatAMemberSettledThatLostItsLaneMeanwhileMay() {
      script.publish("a", 1, 1).member("m").member("n");
      script.handle("m", "a", 1, 1).broker(AWAY).after(3000).laneLost("m", "the lease ran out");
      script.broker(BACK).owns("n").handle("n", "a", 1, 1);
      assertClean();
    }

    @Test
    void whatWasSettledAfterTheReturnMayNot() {
      script
          .publish("a", 1, 1)
          .member("m")
          .broker(KILLED)
          .after(500)
          .broker(BACK)
          .after(1);
      script.handle("m", "a", 1, 1).handle("m", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A8);
    }
  }

  @Nested
  class Losing {

    @Test
    void nothingAfterAnOrderlyStop() {
      script.publish("a", 1, 2).member("m").handle("m", "a", 1, 1).broker(AWAY);
      script.after(500).broker(BACK);
      assertOnly(Kind.LOST, Clause.A7);
    }

    @Test
    void nothingAfterAKill() {
      script.publish("a", 1, 2).member("m").handle("m", "a", 1, 1).broker(KILLED);
      script.after(500).broker(BACK);
      assertOnly(Kind.LOST, Clause.A8);
    }
  }

  @Nested
  class Ordering {

    @Test
    void aKeyGoesOnWhereItWas() {
      script.publish("a", 1, 3).member("m").handle("m", "a", 1, 1).broker(AWAY);
      script.after(500).broker(BACK).handle("m", "a", 2, 3);
      assertClean();
    }

    @Test
    void newEventsComeNotBeforeRedeliveredOnes() {
      script.publish("a", 1, 3).member("m").handle("m", "a", 1, 1).broker(AWAY);
      script.after(500).broker(BACK).handle("m", "a", 3, 3).handle("m", "a", 2, 2);
      assertFinds(Kind.OUT_OF_ORDER, Clause.O5);
    }
  }

  @Nested
  class Timing {

    @Test
    void aBackoffMayBeLateWhileTheBrokerIsAway() {
      script.publish("a", 1, 1).member("m").end(script.start("m", "a", 1, 1), Outcome.FAILED);
      script.broker(AWAY).after(20_000).broker(BACK).after(9_000);
      script.end(script.start("m", "a", 1, 2));
      expectations = expectations.idle();
      assertClean();
    }

    @Test
    void aBackoffLongAfterTheReturnMayNot() {
      script.member("m").broker(AWAY).after(1_000).broker(BACK).after(10_100).publish("a", 1, 1);
      script.end(script.start("m", "a", 1, 1), Outcome.FAILED).after(2_000);
      script.end(script.start("m", "a", 1, 2));
      expectations = expectations.idle();
      assertOnly(Kind.BACKOFF, Clause.R2);
    }

    @Test
    void aTakeoverMayBeLateWhileTheBrokerIsAway() {
      script.publish("a", 1, 1).member("m").member("n").start("m", "a", 1, 1);
      script.kill("m").broker(AWAY).after(20_000).broker(BACK).after(9_000).owns("n");
      script.end(script.start("n", "a", 1, 1));
      expectations = expectations.idle();
      assertClean();
    }

    @Test
    void aLongAbsenceIsNoStandstill() {
      script
          .publish("a", 1, 1)
          .member("m")
          .broker(AWAY)
          .after(60_000)
          .broker(BACK)
          .after(9_000);
      script.handle("m", "a", 1, 1);
      assertClean();
    }

    @Test
    void aLaneThatStartsNothingAfterTheReturnHasNotGoneOn() {
      script.publish("a", 1, 1).member("m").broker(AWAY).after(500).broker(BACK).after(11_000);
      script.handle("m", "a", 1, 1);
      assertOnly(Kind.STALL, Clause.L2);
    }

    @Test
    void aLaneInBackoffHas() {
      script.publish("a", 1, 2).member("m").end(script.start("m", "a", 1, 1), Outcome.RETRY_LATER);
      script.broker(AWAY).after(500).broker(BACK).after(11_000);
      script.end(script.start("m", "a", 1, 2)).handle("m", "a", 2, 2);
      assertClean();
    }

    @Test
    void aLaneWithoutAMemberMayWait() {
      script
          .publish("a", 1, 1)
          .broker(AWAY)
          .after(500)
          .broker(BACK)
          .after(11_000)
          .member("m");
      script.handle("m", "a", 1, 1);
      assertClean();
    }
  }

  @Nested
  class Publishing {

    @Test
    void mayFailWhileTheBrokerIsAway() {
      script.member("m").broker(AWAY).publishUnknown("a", 1).broker(BACK);
      script.publish("a", 2, 2).handle("m", "a", 2, 2);
      assertClean();
    }

    @Test
    void mayNotFailLongAfterItsReturn() {
      script.member("m").broker(AWAY).after(500).broker(BACK).after(10_001);
      script.publishUnknown("a", 1);
      assertOnly(Kind.STALL, Clause.L2);
    }
  }
}
