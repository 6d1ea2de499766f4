package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimThrows;

import dev.eventbus.EventBus;
import dev.eventbus.EventBusException;
import dev.eventbus.Settings;
import dev.eventbus.conformance.BrokerFixture.WrongCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** L6: a broker that does not know this client. */
public interface CredentialClauses extends Conformance {

  /** How soon a refusal must be told. */
  Duration REFUSED = Duration.ofSeconds(6);

  /** L6. */
  @Test
  @Proves(Clause.L6)
  default void l6_wrongCredentialsAreAClearError() {
    List<WrongCredentials> wrong = bench()
        .needs(
            Clause.L6,
            Optional.of(bench().broker().wrongCredentials()).filter(list -> !list.isEmpty()),
            "credentials that the broker refuses");
    wrong.forEach(this::claimRefused);
  }

  private void claimRefused(WrongCredentials wrong) {
    var leaks = new LeakCheck(bench().broker()::processes);
    EventBusException failure;
    Duration took;
    String printed;
    try (var output = new CapturedOutput()) {
      long start = System.nanoTime();
      failure = claimThrows(
          Clause.L6,
          EventBusException.class,
          () -> EventBus.connect(Settings.of(wrong.settings())));
      took = Duration.ofNanos(System.nanoTime() - start);
      printed = output.text();
    }
    claim(Clause.L6, took.compareTo(REFUSED) < 0, wrong + " was told after " + took);
    String message = "" + failure.getMessage();
    claim(Clause.L6, message.contains(wrong.setting()), "the error names no setting: " + message);
    for (Throwable each = failure; each != null; each = each.getCause()) {
      claim(Clause.L6, !("" + each).contains(wrong.secret()), "an exception shows a secret");
    }
    claim(Clause.L6, !printed.contains(wrong.secret()), "the log shows a secret");
    leaks.assertNothingNew();
  }
}
