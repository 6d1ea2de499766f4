package dev.eventbus.conformance.workload;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Published;
import dev.eventbus.Settings;
import dev.eventbus.conformance.Clause;
import dev.eventbus.conformance.ClauseFailure;
import dev.eventbus.conformance.history.Checker;
import dev.eventbus.conformance.history.Expectations;
import dev.eventbus.conformance.history.HistoryEvent.GaveUp;
import dev.eventbus.conformance.history.HistoryReader;
import dev.eventbus.conformance.history.HistoryWriter;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.DeadLetterReader;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.member.MemberSpec;
import dev.eventbus.conformance.member.RecordingPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Members, a publisher and a reader of dead letters on one topic, and the history that they write.
 * Used by one thread.
 */
public final class Workload implements AutoCloseable {

  /** A workload that makes progress for ever, such as a loop of redeliveries, must end too. */
  private static final int MOST_PATIENCES = 8;

  private static final Duration POLL = Duration.ofMillis(10);

  /** The default timeout of a publish and a little. */
  private static final Duration MOST_BLOCKED = Duration.ofSeconds(12);

  private final WorkloadSpec spec;
  private final HistoryWriter writer;
  private final Recorder recorder;
  private final EventBus bus;
  private final RecordingPublisher publisher;
  private final LiveHistory history;
  private final Crew crew;
  private final BrokerOperator broker;
  private final List<CompletableFuture<Published>> publishes = new ArrayList<>();
  private @Nullable DeadLetterReader deadLetters;

  private Workload(WorkloadSpec spec) throws IOException {
    this.spec = spec;
    Files.createDirectories(spec.directory());
    this.writer = new HistoryWriter(spec.directory().resolve("test.jsonl"));
    this.recorder = new Recorder("test", writer);
    this.bus = EventBus.connect(Settings.of(spec.settings()));
    this.publisher = new RecordingPublisher(bus, spec.topic(), recorder);
    this.history = new LiveHistory(spec.directory());
    this.crew = new Crew(spec, recorder);
    this.broker = new BrokerOperator(spec.control(), spec.cluster(), recorder);
  }

  /** Connects; nothing runs yet. */
  public static Workload open(WorkloadSpec spec) {
    try {
      return new Workload(spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bus of publisher and reader. */
  public EventBus bus() {
    return bus;
  }

  /** Writes down what the test does. */
  public Recorder recorder() {
    return recorder;
  }

  /** What has happened so far. */
  public LiveHistory history() {
    return history;
  }

  /** What it runs on. */
  public WorkloadSpec spec() {
    return spec;
  }

  /** Takes the broker away and brings it back. */
  public BrokerOperator broker() {
    return broker;
  }

  // ---- members

  /** Starts a member in this process. */
  public LocalMember local(String name) {
    return local(name, plain -> plain);
  }

  /** Starts a member in this process that differs from the others. */
  public LocalMember local(String name, UnaryOperator<MemberSpec> change) {
    return crew.local(name, change);
  }

  /** Starts a member as a process; it may not be ready when this returns. */
  public MemberProcess begin(String name) {
    return crew.begin(name);
  }

  /** As above, with its settings in the environment of the process and nowhere else. */
  public MemberProcess beginByEnvironment(String name) {
    return crew.beginByEnvironment(name);
  }

  /** Starts a process that publishes to the topic until it is killed, and waits until it does. */
  public MemberProcess publisherProcess(String name) {
    return publisherProcess(name, Duration.ZERO);
  }

  /** As above, with a pause between its publishes. */
  public MemberProcess publisherProcess(String name, Duration pause) {
    return crew.publisher(name, pause);
  }

  /** Reads the dead letters of the members' group from now on. */
  public DeadLetterReader readDeadLetters() {
    DeadLetterReader reader = deadLetters;
    if (reader == null) {
      reader = new DeadLetterReader(bus, new DeadLetterTopic(spec.topic(), spec.group()), recorder);
      deadLetters = reader;
    }
    return reader;
  }

  // ---- events

  /** Publishes the next event of a key, with what its handler shall do. */
  public CompletionStage<Published> publish(@Nullable String key, String script) {
    return pending(() -> publisher.publish(key, script));
  }

  /** Publishes an event of a special make. */
  public CompletionStage<Published> publish(Event.Builder event, String script) {
    return pending(() -> publisher.publish(event, script));
  }

  /** A publish may wait for room until it times out, and then tell so; longer it may not (P4). */
  private CompletionStage<Published> pending(Supplier<CompletableFuture<Published>> call) {
    long start = System.nanoTime();
    CompletableFuture<Published> publish = call.get();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(MOST_BLOCKED) > 0) {
      throw ClauseFailure.of(Clause.P4, "a publish did not return for " + took);
    }
    publishes.add(publish);
    return publish;
  }

  /** Publishes that have not ended, and stored events that are not settled. */
  int unsettled() {
    long pending = publishes.stream().filter(publish -> !publish.isDone()).count();
    return Math.toIntExact(pending) + history.unsettled();
  }

  /** Waits until every publish so far has ended, well or not. */
  public void awaitPublished() {
    await(
        Clause.P3,
        "every publish to end",
        () -> publishes.stream().allMatch(CompletableFuture::isDone));
  }

  // ---- the end

  /** Waits for a condition on the history, which is read on before each look. */
  public void await(Clause clause, String what, BooleanSupplier condition) {
    try {
      Awaitility.await(what)
          .atMost(spec.patience())
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> {
            history.refresh();
            return condition.getAsBoolean();
          });
    } catch (ConditionTimeoutException timeout) {
      throw ClauseFailure.of(clause, "waited in vain for " + what);
    }
  }

  /** Lets a time pass while members go on. */
  public void elapse(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    Awaitility.await("the end of " + time)
        .atMost(time.plus(spec.patience()))
        .pollInterval(POLL)
        .until(() -> System.nanoTime() - until >= 0);
    history.refresh();
  }

  /**
   * Waits until every stored event is settled in every group. Gives up, and writes that down, when
   * nothing happens any more.
   */
  public void awaitSettled() {
    awaitSettled(() -> {});
  }

  /** Carries a plan out, and waits until every stored event is settled in every group. */
  public void carryOut(FaultPlan plan) {
    recorder.note("seed " + plan.seed());
    var run = new FaultRun(this, plan);
    await(run, () -> run.published() && unsettled() == 0 && !broker.away());
    run.end();
  }

  /** As above; the supervision runs between looks, for example to replace members that died. */
  public void awaitSettled(Runnable supervision) {
    awaitPublished();
    await(supervision, () -> history.unsettled() == 0);
  }

  private void await(Runnable supervision, BooleanSupplier end) {
    var watch = new StallWatch(spec.patience(), MOST_PATIENCES);
    Awaitility.await("the end of the workload").forever().pollInterval(POLL).until(() -> {
      supervision.run();
      watch.look(history.refresh() || broker.away());
      return end.getAsBoolean() || watch.stalled();
    });
    if (!end.getAsBoolean()) {
      String why = "%d events are not settled and %s".formatted(history.unsettled(), watch);
      recorder.add(at -> new GaveUp(at, why));
    }
  }

  /** Closes everything in order, and judges by what the options promise. */
  public Verdict verdict() {
    return verdict(plain -> plain);
  }

  /** Closes everything in order, and judges by something else. */
  public Verdict verdict(UnaryOperator<Expectations> change) {
    crew.closeInOrder();
    Expectations expectations = Expectations.of(spec.options());
    DeadLetterReader reader = deadLetters;
    if (reader != null) {
      await(Clause.R3, "the dead letters to be read", reader::atEnd);
      expectations = expectations.withDeadLettersOf(Set.of(spec.group()));
    }
    close();
    return Checker.check(HistoryReader.readDirectory(spec.directory()), change.apply(expectations));
  }

  /** Closes everything in order; fails when anything was found. */
  public Verdict assertClean() {
    return assertClean(plain -> plain);
  }

  /** As above, judged by something else. */
  public Verdict assertClean(UnaryOperator<Expectations> change) {
    Verdict verdict = verdict(change);
    if (!verdict.clean()) {
      throw ClauseFailure.of(verdict);
    }
    return verdict;
  }

  /** Ends whatever still runs, in no order. Idempotent. */
  @Override
  public void close() {
    broker.close();
    crew.close();
    if (deadLetters != null) {
      deadLetters.close();
      deadLetters = null;
    }
    bus.close();
    writer.close();
  }
}
