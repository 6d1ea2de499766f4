package dev.eventbus.conformance;

import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.eventbus.conformance.report.Evidence;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only a broker of several nodes can go through. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatsClusterIT {

  private final Path evidence = Evidence.fresh("NatsClusterIT");
  private NatsBroker broker;

  private record OnCluster(Bench bench) implements BrokerFaultClauses {}

  @BeforeAll
  void start() {
    broker = NatsBroker.cluster(evidence);
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  private void holds(String name, Consumer<BrokerFaultClauses> clause) {
    var leaks = new LeakCheck(broker::processes);
    try (Bench bench = Bench.honest(broker, evidence.resolve(name))) {
      assertThatNoException().isThrownBy(() -> clause.accept(new OnCluster(bench)));
    }
    leaks.assertNothingNew();
  }

  @Test
  void orderHoldsWhenTheLeaderIsKilled() {
    holds("leader", BrokerFaultClauses::o5_orderHoldsWhenTheLeaderIsKilled);
  }

  @Test
  void orderHoldsWhenEachNodeIsRestartedInTurn() {
    holds("rolling", BrokerFaultClauses::o5_orderHoldsWhenEachNodeIsRestartedInTurn);
  }
}
