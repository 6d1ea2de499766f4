package dev.eventbus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.conformance.report.Evidence;
import dev.eventbus.conformance.report.ReportExtension;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** Runs each test under the saboteurs that it must catch: a test that passes then proves nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ReportExtension.class)
public abstract class SaboteurConformance {

  private @Nullable Path evidence;
  private @Nullable BrokerFixture broker;

  /** For subclasses. */
  protected SaboteurConformance() {}

  /** Starts a fresh broker, or names a fresh file, for all trials. */
  protected abstract BrokerFixture openBroker(Path directory) throws IOException;

  @BeforeAll
  final void openBroker() throws IOException {
    evidence = Evidence.fresh(getClass().getSimpleName());
    broker = openBroker(evidence);
    try (EventBus bus = EventBus.connect(Settings.of(broker.settings()))) {
      ReportExtension.matrix().driver(broker.driver(), bus.capabilities());
    }
  }

  @AfterAll
  final void closeBroker() throws IOException {
    broker().close();
  }

  private BrokerFixture broker() {
    return Objects.requireNonNull(broker, "the broker is not open");
  }

  /** A test and a saboteur that it must catch. */
  record Trial(Method test, Saboteur saboteur) {
    @Override
    public String toString() {
      return test.getName() + " under " + saboteur;
    }
  }

  /** The clauses' tests, on a bench whose members are sabotaged. */
  private record SabotagedClauses(Bench bench) implements AllClauses {}

  static Stream<Trial> trials() {
    return Arrays.stream(AllClauses.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Catches.class))
        .sorted(Comparator.comparing(Method::getName))
        .flatMap(method -> Arrays.stream(method.getAnnotation(Catches.class).value())
            .map(saboteur -> new Trial(method, saboteur)))
        .filter(trial -> trial.toString().contains(System.getProperty("trial", "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trials")
  final void theTestCatchesTheSaboteur(Trial trial) throws IllegalAccessException {
    Path directory =
        Objects.requireNonNull(evidence).resolve(trial.test.getName() + "-" + trial.saboteur);
    Set<Clause> claimed = EnumSet.copyOf(Arrays.asList(proves(trial.test)));
    Set<Clause> broken = brokenUnder(trial, directory);
    assertThat(broken).as("what " + trial + " finds broken").containsAnyElementsOf(claimed);
    broken.retainAll(claimed);
    broken.forEach(clause ->
        ReportExtension.matrix().caught(broker().driver(), clause, trial.saboteur.name()));
  }

  private Set<Clause> brokenUnder(Trial trial, Path directory) throws IllegalAccessException {
    try (Bench bench = Bench.sabotaged(broker(), directory, trial.saboteur)) {
      trial.test.invoke(new SabotagedClauses(bench));
      return EnumSet.noneOf(Clause.class);
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof ClauseFailure failure) {
        return EnumSet.copyOf(failure.broken());
      }
      if (failed.getCause() instanceof TestAbortedException aborted) {
        throw aborted;
      }
      throw new AssertionError(trial + " ended otherwise", failed.getCause());
    }
  }

  private static Clause[] proves(Method test) {
    return test.getAnnotation(Proves.class).value();
  }

  @Test
  final void everyClauseOfOrderAckAndRetryHasASaboteur() {
    Set<Clause> proved = EnumSet.noneOf(Clause.class);
    Set<Clause> sabotaged = EnumSet.noneOf(Clause.class);
    for (Method method : AllClauses.class.getMethods()) {
      if (method.isAnnotationPresent(Proves.class)) {
        proved.add(proves(method)[0]);
      }
      if (method.isAnnotationPresent(Catches.class)) {
        sabotaged.add(proves(method)[0]);
      }
    }
    proved.removeIf(clause -> "OAR".indexOf(clause.name().charAt(0)) < 0);
    assertThat(sabotaged).containsAll(proved);
  }
}
