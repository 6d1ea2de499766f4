package dev.eventbus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.Health;
import dev.eventbus.SubscriptionState;
import dev.eventbus.engine.Troubles.Kind;
import org.junit.jupiter.api.Test;

class TroublesTest {

  private final Troubles troubles = new Troubles();

  private Health health() {
    return troubles.health("orders/billing", SubscriptionState.RUNNING);
  }

  @Test
  void withoutTroubleItIsUp() {
    assertThat(health()).isEqualTo(Health.up("orders/billing"));
  }

  @Test
  void eachKindComesAndGoesOnItsOwn() {
    troubles.has(Kind.COMMIT, "progress is not written");
    troubles.has(Kind.BROKER, "broker is away");
    assertThat(health())
        .isEqualTo(Health.degraded("orders/billing", "broker is away; progress is not written"));
    troubles.over(Kind.COMMIT);
    assertThat(health().reason()).isEqualTo("broker is away");
    troubles.over(Kind.BROKER);
    assertThat(health().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void theLatestTextOfAKindIsShown() {
    troubles.has(Kind.BROKER, "first");
    troubles.has(Kind.BROKER, "second");
    assertThat(health().reason()).isEqualTo("second");
  }

  @Test
  void theEndOfWhatNeverWasChangesNothing() {
    troubles.over(Kind.EXECUTOR);
    assertThat(health().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void whatHasFailedIsDownWithItsReason() {
    troubles.has(Kind.FAILED, "the topic was deleted");
    assertThat(troubles.health("orders/billing", SubscriptionState.FAILED))
        .isEqualTo(Health.down("orders/billing", "the topic was deleted"));
  }

  @Test
  void whatIsClosedIsDown() {
    assertThat(troubles.health("orders/billing", SubscriptionState.CLOSED))
        .isEqualTo(Health.down("orders/billing", "closed"));
  }
}
