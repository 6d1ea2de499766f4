package dev.eventbus.conformance;

import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.conformance.report.Evidence;
import dev.eventbus.conformance.report.ReportExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Proves the contract on one broker. A driver's author extends it by a class that opens the broker;
 * the tests are the clauses, in groups.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ReportExtension.class)
public abstract class BusConformance implements AllClauses {

  private @Nullable Path evidence;
  private @Nullable BrokerFixture broker;
  private @Nullable Bench bench;
  private @Nullable LeakCheck leaks;

  /** For subclasses. */
  protected BusConformance() {}

  /** Starts a fresh broker, or names a fresh file, for all tests of this class. */
  protected abstract BrokerFixture openBroker(Path directory) throws IOException;

  @BeforeAll
  final void openBroker() throws IOException {
    evidence = Evidence.fresh(getClass().getSimpleName());
    broker = openBroker(evidence);
    try (EventBus bus = EventBus.connect(Settings.of(broker.settings()))) {
      ReportExtension.matrix().driver(broker.driver(), bus.capabilities());
    }
  }

  @BeforeEach
  final void openBench(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    leaks = new LeakCheck(broker()::processes);
    bench = Bench.honest(broker(), Objects.requireNonNull(evidence).resolve(name));
  }

  @AfterEach
  final void closeBench() {
    bench().close();
    Objects.requireNonNull(leaks).assertNothingNew();
  }

  @AfterAll
  final void closeBroker() throws IOException {
    broker().close();
  }

  private BrokerFixture broker() {
    return Objects.requireNonNull(broker, "the broker is not open");
  }

  @Override
  public final Bench bench() {
    return Objects.requireNonNull(bench, "no test runs");
  }
}
