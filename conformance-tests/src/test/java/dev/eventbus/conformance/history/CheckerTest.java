package dev.eventbus.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.history.Finding.Kind;
import dev.eventbus.conformance.history.HistoryEvent.Call;
import dev.eventbus.conformance.history.HistoryEvent.HandlerKind;
import dev.eventbus.conformance.history.HistoryEvent.Outcome;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CheckerTest {

  private static final SubscribeOptions OPTIONS = SubscribeOptions.defaults()
      .withLease(Duration.ofSeconds(2))
      .withConcurrency(3)
      .withMaxInFlight(4);

  private final HistoryScript script = new HistoryScript();
  private Expectations expectations =
      Expectations.of(OPTIONS).withDeadLettersOf(Set.of(HistoryScript.GROUP));

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
  class Settling {

    @Test
    void allInOrderIsClean() {
      script.publish("a", 1, 3).publish("b", 1, 2).member("m").handle("m", "a", 1, 3);
      script.handle("m", "b", 1, 2);
      assertClean();
      assertThat(verdict().seen())
          .returns(5, Verdict.Seen::events)
          .returns(2, Verdict.Seen::keys)
          .returns(5, Verdict.Seen::settled);
    }

    @Test
    void anUnsettledEventIsLost() {
      script.publish("a", 1, 2).member("m").handle("m", "a", 1, 1);
      assertOnly(Kind.LOST, Clause.S2);
    }

    @Test
    void anUnsettledEventOfACutHistoryIsNotLost() {
      script.publish("a", 1, 2).member("m").handle("m", "a", 1, 1);
      expectations = expectations.cut();
      assertClean();
    }

    @Test
    void aFailedEventThatNeverComesAgainIsLost() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 1);
      assertOnly(Kind.LOST, Clause.A2);
    }

    @Test
    void anAsynchronousFailureThatNeverComesAgainIsLost() {
      script.publish("a", 1, 1).member("m", HandlerKind.ASYNC).fail("m", "a", 1, 1, 1);
      assertOnly(Kind.LOST, Clause.A9);
    }

    @Test
    void whatDiesWithItsMemberIsLost() {
      script.publish("a", 1, 1).member("m").start("m", "a", 1);
      script.after(5).kill("m");
      assertFinds(Kind.LOST, Clause.A3);
    }

    @Test
    void whatAZombieSettledLateAndNobodyElseIsClean() {
      script.publish("a", 1, 1).member("m");
      var run = script.start("m", "a", 1);
      script.suspend("m").after(5000).proceed("m").end(run);
      assertClean();
    }

    @Test
    void anEventLostUnderAZombieIsTold() {
      script.publish("a", 1, 2).member("m").member("n");
      var run = script.start("m", "a", 1);
      script.suspend("m").after(5000).owns("n");
      script.proceed("m").end(run);
      assertFinds(Kind.LOST, Clause.A6);
    }

    @Test
    void anEventThatNobodyPublishedIsAPhantom() {
      script.member("m").handle("m", "a", 1, 1);
      assertOnly(Kind.PHANTOM, Clause.S2);
    }

    @Test
    void anEventToldNotToBeStoredIsAPhantom() {
      var event = HistoryScript.event("a", 1);
      script
          .add(new HistoryEvent.PublishCalled(script.at("p"), event, 7))
          .add(new HistoryEvent.PublishFailed(script.at("p"), event, "full"))
          .member("m")
          .handle("m", "a", 1, 1);
      assertOnly(Kind.PHANTOM, Clause.P3);
    }

    @Test
    void anUnknownPublishMayComeOrNot() {
      for (int number = 1; number <= 2; number++) {
        var event = HistoryScript.event("a", number);
        script
            .add(new HistoryEvent.PublishCalled(script.at("p"), event, 7))
            .add(new HistoryEvent.PublishUnknown(script.at("p"), event, "cut"));
      }
      script.member("m").handle("m", "a", 2, 2);
      assertClean();
    }

    @Test
    void anotherPayloadIsAChange() {
      script.publish("a", 1, 1).member("m");
      script.add(new HistoryEvent.HandlerStarted(
          script.at("m"), HistoryScript.GROUP, HistoryScript.event("a", 1), 1, 1, 0, 1, false, 8));
      assertFinds(Kind.CHANGED, Clause.D1);
    }

    @Test
    void positionsOfAKeyGrow() {
      script
          .add(new HistoryEvent.PublishOk(script.at("p"), HistoryScript.event("a", 1), 0, "10"))
          .add(new HistoryEvent.PublishOk(script.at("p"), HistoryScript.event("a", 2), 0, "9"));
      assertOnly(Kind.STORED_ORDER, Clause.P2);
    }
  }

  @Nested
  class Repeating {

    @Test
    void aSettledEventComesNotAgain() {
      script.publish("a", 1, 1).member("m").handle("m", "a", 1, 1).handle("m", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A1);
    }

    @Test
    void afterACleanCloseItDoesNot() {
      script.publish("a", 1, 1).member("m").member("n").handle("m", "a", 1, 1);
      script.call("m", Call.CLOSE).owns("n").handle("n", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.L1);
    }

    @Test
    void afterAKillTheWindowMay() {
      script.publish("a", 1, 9).member("m").member("n").handle("m", "a", 1, 9);
      script.kill("m").after(3000).owns("n").handle("n", "a", 6, 9);
      assertClean();
      assertThat(verdict().seen().redelivered()).isEqualTo(4);
    }

    @Test
    void afterAKillMoreThanTheWindowMayNot() {
      script.publish("a", 1, 9).member("m").member("n").handle("m", "a", 1, 9);
      script.kill("m").after(3000).owns("n").handle("n", "a", 5, 9);
      assertOnly(Kind.REPEATED, Clause.A5);
    }

    @Test
    void whatASurvivorSettledStaysSettled() {
      script.publish("a", 1, 1).publish("b", 1, 1).member("m").member("n");
      script.handle("n", "a", 1, 1).kill("m").handle("n", "a", 1, 1).handle("n", "b", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A5);
    }

    @Test
    void aZombieMovesTheGroupNotBack() {
      script.publish("a", 1, 2).member("m").member("n");
      var zombie = script.start("m", "a", 1);
      script.suspend("m").after(5000).owns("n").handle("n", "a", 1, 2);
      script.proceed("m").end(zombie).handle("n", "a", 2, 2);
      assertFinds(Kind.REPEATED, Clause.A6);
    }

    @Test
    void aRepeatAfterALaneWasLostInSilenceIsAllowed() {
      script.publish("a", 1, 1).member("m").member("n").handle("m", "a", 1, 1);
      script.after(3000).owns("n").handle("n", "a", 1, 1).laneLost("m", "the lease ran out");
      assertClean();
      assertThat(verdict().seen().silences()).isEqualTo(1);
    }

    @Test
    void aRepeatAfterAHandOverIsNot() {
      script.publish("a", 1, 1).member("m").member("n").handle("m", "a", 1, 1);
      script.laneLost("m", "released").owns("n").handle("n", "a", 1, 1);
      assertOnly(Kind.REPEATED, Clause.A1);
    }
  }

  @Nested
  class Ordering {

    @Test
    void aLaterEventWaitsForTheEarlierOne() {
      script.publish("a", 1, 2).member("m").handle("m", "a", 2, 2).handle("m", "a", 1, 1);
      assertFinds(Kind.OUT_OF_ORDER, Clause.O1);
    }

    @Test
    void aLaterEventWaitsForTheBackoffOfTheEarlierOne() {
      script.publish("a", 1, 2).member("m").fail("m", "a", 1, 1, 1).handle("m", "a", 2, 2);
      script.end(script.start("m", "a", 1, 2));
      assertFinds(Kind.OUT_OF_ORDER, Clause.O1);
    }

    @Test
    void theNextMemberAfterACloseGoesOnInOrder() {
      script.publish("a", 1, 3).member("m").member("n").handle("m", "a", 1, 1);
      script.call("m", Call.CLOSE).owns("n").handle("n", "a", 3, 3).handle("n", "a", 2, 2);
      assertFinds(Kind.OUT_OF_ORDER, Clause.O3);
    }

    @Test
    void theNextMemberAfterAKillBeginsWithTheUnsettledOne() {
      script.publish("a", 1, 2).member("m").member("n").start("m", "a", 1);
      script.kill("m").after(3000).owns("n").handle("n", "a", 2, 2).handle("n", "a", 1, 1);
      assertFinds(Kind.OUT_OF_ORDER, Clause.O4);
    }

    @Test
    void redeliveredEventsComeInOrder() {
      script.publish("a", 1, 3).member("m").member("n").handle("m", "a", 1, 2);
      script.kill("m").after(3000).owns("n").handle("n", "a", 2, 2).handle("n", "a", 1, 1);
      script.handle("n", "a", 3, 3);
      assertFinds(Kind.OUT_OF_ORDER, Clause.O1);
    }

    @Test
    void aRedeliveredEventThatFailsHoldsItsKeyAgain() {
      script.publish("a", 1, 3).member("m").member("n").handle("m", "a", 1, 2);
      script.kill("m").after(3000).owns("n").fail("n", "a", 2, 1, 1);
      script.handle("n", "a", 3, 3);
      assertFinds(Kind.OUT_OF_ORDER, Clause.O1);
    }

    @Test
    void redeliveredEventsMaySkipTheSettledOnes() {
      script.publish("a", 1, 4).member("m").member("n").handle("m", "a", 1, 3);
      script.kill("m").after(3000).owns("n").handle("n", "a", 1, 1).handle("n", "a", 3, 4);
      assertClean();
    }

    @Test
    void afterADeadLetterTheKeyGoesOn() {
      script.publish("a", 1, 2).member("m").fail("m", "a", 1, 1, 3);
      script.deadLettered("m", "a", 1).handle("m", "a", 2, 2).letter("a", 1, 3);
      assertClean();
    }

    @Test
    void theKeyWaitsUntilTheDeadLetterIsStored() {
      script.publish("a", 1, 2).member("m").fail("m", "a", 1, 1, 3);
      script.handle("m", "a", 2, 2).deadLettered("m", "a", 1).letter("a", 1, 3);
      assertOnly(Kind.OUT_OF_ORDER, Clause.R3);
    }

    @Test
    void aMissingDeadLetterNoticeOfAKilledMemberIsNoInversion() {
      script.publish("a", 1, 2).member("m").member("n").fail("m", "a", 1, 1, 3);
      script.kill("m").after(3000).owns("n").handle("n", "a", 2, 2).letter("a", 1, 3);
      assertClean();
    }
  }

  @Nested
  class Overlapping {

    @Test
    void oneKeyInTwoHandlersOfAMember() {
      script.publish("a", 1, 1).member("m");
      var first = script.start("m", "a", 1, 1);
      var second = script.start("m", "a", 1, 1);
      script.end(first).end(second);
      assertFinds(Kind.OVERLAPPING, Clause.O1);
    }

    @Test
    void oneEventInTwoMembersAfterTheLease() {
      script.publish("a", 1, 1).member("m").member("n");
      var first = script.start("m", "a", 1, 1);
      script.after(2500).owns("n");
      var second = script.start("n", "a", 1, 1);
      script.end(first).end(second);
      assertFinds(Kind.OVERLAPPING, Clause.A4);
    }

    @Test
    void oneKeyInTwoMembers() {
      script.publish("a", 1, 2).member("m").member("n");
      var first = script.start("m", "a", 1, 1);
      script.owns("n");
      var second = script.start("n", "a", 2, 1);
      script.end(first).end(second);
      assertFinds(Kind.OVERLAPPING, Clause.O3);
    }

    @Test
    void aSuspendedHandlerCannotBeCalledBack() {
      script.publish("a", 1, 1).member("m").member("n");
      var zombie = script.start("m", "a", 1, 1);
      script.suspend("m").after(2500).owns("n");
      var second = script.start("n", "a", 1, 1);
      script.after(10).proceed("m").end(zombie).end(second);
      assertClean();
    }

    @Test
    void aZombieStartsNothing() {
      script.publish("a", 1, 2).member("m").member("n").handle("m", "a", 1, 1);
      script.suspend("m").after(2500).owns("n");
      var run = script.start("n", "a", 2, 1);
      script.after(10).proceed("m");
      var zombie = script.start("m", "a", 2, 1);
      script.end(zombie).end(run);
      assertFinds(Kind.STALE_START, Clause.O7);
      assertFinds(Kind.OVERLAPPING, Clause.O7);
    }

    @Test
    void aKilledHandlerEndsWithItsProcess() {
      script.publish("a", 1, 1).member("m").member("n").start("m", "a", 1, 1);
      script.kill("m").after(2500).owns("n").end(script.start("n", "a", 1, 1));
      assertClean();
    }

    @Test
    void eventsWithoutAKeyMayOverlap() {
      for (int number = 1; number <= 2; number++) {
        var event = new EventRef(HistoryScript.TOPIC, null, number, "e" + number);
        script.add(new HistoryEvent.PublishCalled(script.at("p"), event, 7));
        script.add(new HistoryEvent.PublishOk(script.at("p"), event, number, "1"));
        script.add(new HistoryEvent.HandlerStarted(
            script.at("m"), HistoryScript.GROUP, event, number, 1, number, 1, false, 7));
      }
      expectations = expectations.cut();
      assertClean();
    }

    @Test
    void twoOwnersHaveTwoFences() {
      script.publish("a", 1, 2).member("m").member("n").handle("m", "a", 1, 1);
      script.handle("n", "a", 2, 2);
      assertOnly(Kind.FENCE, Clause.O8);
    }
  }

  @Nested
  class Attempts {

    @Test
    void countFromOneToTheLast() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 2);
      script.end(script.start("m", "a", 1, 3));
      assertClean();
    }

    @Test
    void doNotBeginAtTwo() {
      script.publish("a", 1, 1).member("m").end(script.start("m", "a", 1, 2));
      assertOnly(Kind.WRONG_ATTEMPT, Clause.R1);
    }

    @Test
    void doNotSkip() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 1);
      script.end(script.start("m", "a", 1, 3));
      assertOnly(Kind.WRONG_ATTEMPT, Clause.R1);
    }

    @Test
    void doNotStayAfterAFailure() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 1);
      script.end(script.start("m", "a", 1, 1));
      assertOnly(Kind.WRONG_ATTEMPT, Clause.R1);
    }

    @Test
    void doNotFallAfterAKill() {
      script.publish("a", 1, 1).member("m").member("n").fail("m", "a", 1, 1, 1);
      script.start("m", "a", 1, 2);
      script.kill("m").after(3000).owns("n").end(script.start("n", "a", 1, 1));
      assertOnly(Kind.WRONG_ATTEMPT, Clause.R1);
    }

    @Test
    void mayStayOnceAfterAKill() {
      script.publish("a", 1, 1).member("m").member("n").fail("m", "a", 1, 1, 1);
      script.start("m", "a", 1, 2);
      script.kill("m").after(3000).owns("n").end(script.start("n", "a", 1, 2));
      assertClean();
    }

    @Test
    void mayStayAfterAFailureOfADyingProcess() {
      script.publish("a", 1, 1).publish("b", 1, 1).member("m").member("n");
      script.start("m", "b", 1, 1);
      script.halts("m", "b", 1).after(1).fail("m", "a", 1, 1, 1);
      script.after(3000).owns("n").end(script.start("n", "a", 1, 1));
      script.end(script.start("n", "b", 1, 1));
      assertClean();
    }

    @Test
    void doNotStayTwiceUnderPoison() {
      script.publish("a", 1, 1);
      for (String member : new String[] {"l", "m", "n"}) {
        script.member(member).owns(member).start(member, "a", 1, 1);
        script.halts(member, "a", 1).after(3000);
      }
      script.letter("a", 1, "crashed", 3, 7);
      assertFinds(Kind.WRONG_ATTEMPT, Clause.R5);
    }

    @Test
    void endUnderPoison() {
      script.publish("a", 1, 1);
      int[] attempts = {1, 1, 2, 3};
      for (int i = 0; i < 4; i++) {
        String member = "m" + i;
        script.member(member).owns(member).start(member, "a", 1, attempts[i]);
        script.halts(member, "a", 1).after(3000);
      }
      script.member("x").deadLettered("x", "a", 1).letter("a", 1, "crashed", 3, 7);
      assertClean();
      assertThat(verdict().seen().poison()).isEqualTo(1);
    }

    @Test
    void areNotMoreThanAllowed() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 4).letter("a", 1, 4);
      assertOnly(Kind.WRONG_ATTEMPT, Clause.R1);
    }

    @Test
    void endWithARejection() {
      script.publish("a", 1, 1).member("m").end(script.start("m", "a", 1, 1), Outcome.REJECTED);
      script.after(1000).end(script.start("m", "a", 1, 2));
      assertOnly(Kind.WRONG_ATTEMPT, Clause.R4);
    }

    @Test
    void areFarEnoughApart() {
      script.publish("a", 1, 1).member("m").end(script.start("m", "a", 1, 1), Outcome.FAILED);
      script.after(150).end(script.start("m", "a", 1, 2));
      assertOnly(Kind.BACKOFF, Clause.R2);
    }

    @Test
    void areNotTooFarApartWhenIdle() {
      script.publish("a", 1, 1).member("m").end(script.start("m", "a", 1, 1), Outcome.FAILED);
      script.after(1300).end(script.start("m", "a", 1, 2));
      assertClean();
      expectations = expectations.idle();
      assertOnly(Kind.BACKOFF, Clause.R2);
    }
  }

  @Nested
  class DeadLetters {

    @Test
    void areNotMissing() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 3).deadLettered("m", "a", 1);
      assertOnly(Kind.DEAD_LETTER_MISSING, Clause.R3);
    }

    @Test
    void areNotEarly() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 2).deadLettered("m", "a", 1);
      script.letter("a", 1, 2);
      assertOnly(Kind.DEAD_LETTER_EARLY, Clause.R3);
    }

    @Test
    void areUnchanged() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 3).deadLettered("m", "a", 1);
      script.letter("a", 1, "exhausted", 3, 8);
      assertOnly(Kind.DEAD_LETTER_CHANGED, Clause.R3);
    }

    @Test
    void areNotTwo() {
      script.publish("a", 1, 1).member("m").fail("m", "a", 1, 1, 3).deadLettered("m", "a", 1);
      script.letter("a", 1, 3).letter("a", 1, 3);
      assertOnly(Kind.DEAD_LETTER_REPEATED, Clause.R3);
    }

    @Test
    void doNotBlameNeighboursOfPoison() {
      script.publish("a", 1, 1).publish("b", 1, 1);
      int[] attempts = {1, 1, 2, 3};
      for (int i = 0; i < 4; i++) {
        String member = "m" + i;
        script.member(member).owns(member).start(member, "a", 1, attempts[i]);
        script.start(member, "b", 1, attempts[i]);
        script.halts(member, "a", 1).after(3000);
      }
      script.letter("a", 1, "crashed", 3, 7).letter("b", 1, "crashed", 3, 7);
      assertOnly(Kind.DEAD_LETTER_EARLY, Clause.R5);
    }
  }

  @Nested
  class Flow {

    @Test
    void noMoreHandlersThanTheConcurrency() {
      for (String key : new String[] {"a", "b", "c", "d"}) {
        script.publish(key, 1, 1).start("m", key, 1);
      }
      expectations = expectations.cut();
      assertOnly(Kind.CONCURRENCY, Clause.F1);
    }

    @Test
    void noMoreEventsThanTheWindow() {
      String[] keys = {"a", "b", "c", "d", "e"};
      for (String key : keys) {
        script.publish(key, 1, 1).end(script.start("m", key, 1), Outcome.FAILED);
      }
      script.after(1000);
      for (String key : keys) {
        script.end(script.start("m", key, 1));
      }
      assertOnly(Kind.WINDOW, Clause.F1);
    }

    @Test
    void noStartWhilePaused() {
      script.publish("a", 1, 1).member("m").call("m", Call.PAUSE).after(100);
      script.handle("m", "a", 1, 1).call("m", Call.RESUME);
      assertOnly(Kind.STALE_START, Clause.F2);
    }

    @Test
    void startsAfterAResume() {
      script.publish("a", 1, 1).member("m").call("m", Call.PAUSE).after(100);
      script.call("m", Call.RESUME).handle("m", "a", 1, 1);
      assertClean();
    }

    @Test
    void noStartAfterClose() {
      script.publish("a", 1, 1).member("m").call("m", Call.CLOSE).handle("m", "a", 1, 1);
      assertOnly(Kind.STALE_START, Clause.L1);
    }

    @Test
    void noStandstill() {
      script.publish("a", 1, 1).member("m").after(40_000).handle("m", "a", 1, 1);
      assertOnly(Kind.STALL, Clause.S2);
    }

    @Test
    void aStandstillWithoutMembersIsNone() {
      script.member("m").call("m", Call.CLOSE).publish("a", 1, 1).after(40_000);
      script.member("n").owns("n").handle("n", "a", 1, 1);
      assertClean();
    }

    @Test
    void aLongHandlerIsNoStandstill() {
      script.publish("a", 1, 1).member("m");
      var run = script.start("m", "a", 1);
      script.after(40_000).end(run);
      assertClean();
    }

    @Test
    void aLateTakeoverIsOneWhenIdle() {
      script.publish("a", 1, 1).member("m").member("n").start("m", "a", 1, 1);
      script.kill("m").after(7_500).owns("n").end(script.start("n", "a", 1, 1));
      assertClean();
      expectations = expectations.idle();
      assertOnly(Kind.STALL, Clause.A3);
    }

    @Test
    void givingUpIsAFinding() {
      script.publish("a", 1, 1).member("m").handle("m", "a", 1, 1);
      script.add(new HistoryEvent.GaveUp(script.at("test"), "no end in sight"));
      assertOnly(Kind.STALL, Clause.S2);
    }
  }

  @Test
  void aHundredThousandLinesAreJudged() {
    script.member("m");
    for (int key = 0; key < 50; key++) {
      script.publish("k" + key, 1, 500).handle("m", "k" + key, 1, 500);
    }
    assertThat(script.lines()).hasSizeGreaterThan(100_000);
    assertClean();
  }
}
