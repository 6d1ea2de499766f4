package dev.eventbus.conformance;

import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.BrokerFixture.BrokerControl;
import dev.eventbus.conformance.BrokerFixture.Cluster;
import dev.eventbus.conformance.sabotage.FaultyProvider;
import dev.eventbus.conformance.sabotage.FaultyProvider.Fault;
import dev.eventbus.conformance.sabotage.KitBus;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Workload;
import dev.eventbus.conformance.workload.WorkloadSpec;
import dev.eventbus.spi.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What one test works with: the broker, names of its own, and whatever it opens, closed again. */
public final class Bench implements AutoCloseable {

  /** Short, so that takeovers are; long enough for a busy machine. */
  public static final Duration LEASE = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PATIENCE_WITH_SABOTEUR = Duration.ofSeconds(5);
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final BrokerFixture broker;
  private final Path evidence;
  private final @Nullable Saboteur saboteur;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final int number = TOPICS.incrementAndGet();
  private int workloads;

  private Bench(BrokerFixture broker, Path evidence, @Nullable Saboteur saboteur) {
    this.broker = broker;
    this.evidence = evidence;
    this.saboteur = saboteur;
  }

  /** A bench for an honest bus. */
  public static Bench honest(BrokerFixture broker, Path evidence) {
    return new Bench(broker, evidence, null);
  }

  /** A bench on which every member is sabotaged. */
  public static Bench sabotaged(BrokerFixture broker, Path evidence, Saboteur saboteur) {
    return new Bench(broker, evidence, saboteur);
  }

  /** The broker. */
  public BrokerFixture broker() {
    return broker;
  }

  /**
   * What the broker's fixture has at hand for a clause.
   *
   * @throws org.opentest4j.TestAbortedException if it has not: the clause stays open
   */
  public <T> T needs(Clause clause, Optional<T> hook, String what) {
    if (hook.isEmpty()) {
      throw new TestAbortedException(
          "%s is open on %s: it needs %s".formatted(clause, broker.driver(), what));
    }
    return hook.get();
  }

  /** How to stop and start the broker; a test without it is aborted and its clause stays open. */
  public BrokerControl control(Clause clause) {
    return needs(clause, broker.control(), "a broker that can be stopped");
  }

  /** The broker's nodes; a test without them is aborted. */
  public Cluster cluster(Clause clause) {
    return needs(clause, broker.cluster(), "a broker of several nodes");
  }

  /** Where files of this test go. */
  public Path directory() {
    try {
      return Files.createDirectories(evidence);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name of a topic or group that no other test uses. */
  public String name(String base) {
    return base + "-" + number;
  }

  /** Options for short faults: a short lease, and backoffs that a test can wait for. */
  public SubscribeOptions options() {
    return SubscribeOptions.defaults().withLease(LEASE).withDrainTimeout(Duration.ofSeconds(5));
  }

  /** Another bus of this test, as an application would open it. */
  public EventBus connect() {
    return connect(Map.of());
  }

  /** Another bus of this test with further settings. */
  public EventBus connect(Map<String, String> further) {
    var settings = new HashMap<>(memberSettings());
    settings.putAll(further);
    return opened(KitBus.connect(Settings.of(settings)));
  }

  /** The driver alone, to look at the broker. */
  public Driver driver() {
    return driver(Map.of());
  }

  /** The driver alone, with further settings. */
  public Driver driver(Map<String, String> further) {
    var settings = new HashMap<>(broker.settings());
    settings.putAll(further);
    return opened(KitBus.driver(Settings.of(settings)));
  }

  /** Something that is closed at the end of the test. */
  public <T extends AutoCloseable> T opened(T closeable) {
    open.push(closeable);
    return closeable;
  }

  /** A workload on a topic of its own. */
  public Workload workload(SubscribeOptions options) {
    return workload(options, Map.of());
  }

  /** A workload with further settings. */
  public Workload workload(SubscribeOptions options, Map<String, String> further) {
    var settings = new HashMap<>(memberSettings());
    settings.putAll(further);
    var honest = new HashMap<>(broker.settings());
    honest.putAll(further);
    return workload(options, settings, honest);
  }

  /** A workload whose broker refuses dead letters while a file exists. */
  public Workload workloadRefusingDeadLetters(SubscribeOptions options, Path whileItExists) {
    Map<String, String> faulty = faulty(Fault.REFUSES_DEAD_LETTERS, whileItExists);
    return workload(
        options, saboteur == null ? faulty : saboteur.applyTo(faulty), broker.settings());
  }

  /** Settings of a bus whose broker has a fault while a file exists. */
  public Map<String, String> faulty(Fault fault, Path whileItExists) {
    return FaultyProvider.applyTo(broker.settings(), fault, whileItExists);
  }

  private Workload workload(
      SubscribeOptions options, Map<String, String> members, Map<String, String> others) {
    String topic = name("topic") + "-" + ++workloads;
    var spec = new WorkloadSpec(
        directory().resolve("workload-" + workloads),
        topic,
        "group",
        others,
        members,
        broker.jvmOptions(),
        options,
        saboteur == null ? PATIENCE : PATIENCE_WITH_SABOTEUR,
        broker.control(),
        broker.cluster());
    return opened(Workload.open(spec));
  }

  private Map<String, String> memberSettings() {
    Map<String, String> settings = broker.settings();
    return saboteur == null ? settings : saboteur.applyTo(settings);
  }

  /** Closes what the test has opened, the newest first. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
