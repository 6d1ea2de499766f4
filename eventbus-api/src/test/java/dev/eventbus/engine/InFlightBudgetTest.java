package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.Handler;
import dev.eventbus.SubscribeOptions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightBudgetTest {

  private final Slot first = Slots.slot(1);
  private final Slot second = Slots.slot(2);

  @Test
  void handlersAtOnceAreTheLesserOfConcurrencyAndWindow() {
    assertThat(new InFlightBudget(16, 16, 4).concurrency()).isEqualTo(4);
    assertThat(new InFlightBudget(3, 3, 100).concurrency()).isEqualTo(3);
  }

  @Test
  void blockingHandlersMayWaitForAThreadUpToTheWindow() {
    var options = SubscribeOptions.defaults().withConcurrency(1).withMaxInFlight(2);
    var budget = InFlightBudget.of(options, delivery -> {});
    budget.started();
    assertThat(budget.mayRun()).isTrue();
    budget.started();
    assertThat(budget.mayRun()).isFalse();
  }

  @Test
  void handlersThatAnswerLaterAreLimitedByTheConcurrency() {
    var options = SubscribeOptions.defaults().withConcurrency(1).withMaxInFlight(2);
    var later = Handler.async(delivery -> CompletableFuture.completedFuture(null));
    var budget = InFlightBudget.of(options, later);
    budget.started();
    assertThat(budget.mayRun()).isFalse();
  }

  @Test
  void noMoreAreHandedOutThanAllowed() {
    var budget = new InFlightBudget(2, 2, 100);
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
    var budget = new InFlightBudget(2, 2, 2);
    budget.take(first);
    budget.take(first);
    assertThat(budget.inFlight()).isEqualTo(1);
    assertThat(budget.mayTakeAnother()).isTrue();
    budget.take(second);
    assertThat(budget.mayTakeAnother()).isFalse();
  }

  @Test
  void roomIsGivenBackOnce() {
    var budget = new InFlightBudget(2, 2, 2);
    budget.take(first);
    budget.take(second);
    budget.giveBack(first);
    budget.giveBack(first);
    assertThat(budget.inFlight()).isEqualTo(1);
    assertThat(budget.mayTakeAnother()).isTrue();
  }
}
