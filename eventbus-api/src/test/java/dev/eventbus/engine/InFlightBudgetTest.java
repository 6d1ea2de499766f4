package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightBudgetTest {

  private final Slot first = Slots.slot(1);
  private final Slot second = Slots.slot(2);

  @Test
  void handlersAtOnceAreTheLesserOfConcurrencyAndWindow() {
    assertThat(new InFlightBudget(16, 4).concurrency()).isEqualTo(4);
    assertThat(new InFlightBudget(3, 100).concurrency()).isEqualTo(3);
  }

  @Test
  void noMoreRunThanTheConcurrency() {
    var budget = new InFlightBudget(2, 100);
    budget.started();
    assertThat(budget.mayRun()).isTrue();
    budget.started();
    assertThat(budget.mayRun()).isFalse();
    budget.finished();
    assertThat(budget.mayRun()).isTrue();
    assertThat(budget.running()).isEqualTo(1);
  }

  @Test
  void anEventInFlightCountsOnceHoweverOftenItIsTried() {
    var budget = new InFlightBudget(2, 2);
    budget.take(first);
    budget.take(first);
    assertThat(budget.inFlight()).isEqualTo(1);
    assertThat(budget.mayTakeAnother()).isTrue();
    budget.take(second);
    assertThat(budget.mayTakeAnother()).isFalse();
  }

  @Test
  void roomIsGivenBackOnce() {
    var budget = new InFlightBudget(2, 2);
    budget.take(first);
    budget.take(second);
    budget.giveBack(first);
    budget.giveBack(first);
    assertThat(budget.inFlight()).isEqualTo(1);
    assertThat(budget.mayTakeAnother()).isTrue();
  }
}
